-- One row a golden customer, as it is published.
select * from golden_customers order by customer_id
