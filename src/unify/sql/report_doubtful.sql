-- One row a customer of several records, those whose weakest link is the weakest first.
select customer_id, kind, full_name, organization, records, sources, round(confidence, 4) as confidence
from golden_customers
where records > 1
order by golden_customers.confidence, golden_customers.records desc, customer_id
limit $most
