-- One row a customer of one generation and one of another that share records: how many.
select back.customer_id as cluster, standing.customer_id, count(*) as records
from read_parquet($back || '/crosswalk.parquet') as back
join read_parquet($standing || '/crosswalk.parquet') as standing using (record_id)
group by all order by all
