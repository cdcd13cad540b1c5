-- One row a blocking rule: the pairs it finds, and the records in blocks too large to open.
with block as (
    select rule, block, count(*) as records
    from (select distinct rule, block, record_id from block_key) group by rule, block
)
select rule,
       coalesce(sum(records * (records - 1) // 2) filter (where records <= $largest), 0)::BIGINT as pairs,
       coalesce(sum(records) filter (where records > $largest), 0)::BIGINT as left_out
from block group by rule order by rule
