-- One row a customer of a published generation: its smallest record, and since when it is known.
select golden.customer_id, min(record_id) as founding_record, any_value(first_seen) as first_seen
from read_parquet($folder || '/golden_customers.parquet') as golden
join read_parquet($folder || '/crosswalk.parquet') as held using (customer_id)
group by golden.customer_id order by golden.customer_id
