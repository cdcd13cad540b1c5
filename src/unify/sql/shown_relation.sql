-- One row a relation of a customer, from either side.
select relations.customer_id, relation, other_customer_id, detail, evidence, one.full_name as name, other.full_name as other_name
from relations
join golden_customers as one on one.customer_id = relations.customer_id
join golden_customers as other on other.customer_id = relations.other_customer_id
where relations.customer_id = $customer or other_customer_id = $customer
order by all
