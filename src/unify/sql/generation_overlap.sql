-- One row a customer of one generation and one of the next that share records, under whatever keys: how many.
select back.customer_id as cluster, standing.customer_id, count(*) as records
from read_parquet($back || '/crosswalk.parquet') as back
left join moved_record on then_record = back.record_id
join read_parquet($standing || '/crosswalk.parquet') as standing
  on standing.record_id = case when then_record is null then back.record_id else now_record end
group by all order by all
