-- One row a customer that only one of two generations has, and where most of its records are in the other one (nowhere: it is null).
with before as (
    select case when then_record is null then record_id else now_record end as record_id, customer_id
    from read_parquet($before || '/crosswalk.parquet') left join moved_record on then_record = record_id
),
now as (select record_id, customer_id from read_parquet($now || '/crosswalk.parquet')),
lost as (
    select 'gone' as change, before.customer_id, now.customer_id as other_customer_id, count(*) as records
    from before left join now using (record_id)
    where before.customer_id not in (select customer_id from now)
    group by all
    union all
    select 'come', now.customer_id, before.customer_id, count(*)
    from now left join before using (record_id)
    where now.customer_id not in (select customer_id from before)
    group by all
)
select change, customer_id, arg_max(other_customer_id, {'known': other_customer_id is not null, 'records': records, 'id': other_customer_id}) as other_customer_id,
       sum(records)::BIGINT as records
from lost group by change, customer_id
order by change, customer_id
