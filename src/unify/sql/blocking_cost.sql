-- One row a blocking rule: the pairs it finds, and the records in blocks too large to open.
with block as (
    select rule, block, count(*) as records from block_member group by rule, block
)
select rule,
       coalesce(sum(block.records * (block.records - 1) // 2) filter (where open_block.block is not null), 0)::BIGINT as pairs,
       coalesce(sum(block.records) filter (where open_block.block is null and block.records > 1), 0)::BIGINT as left_out
from block left join open_block using (rule, block)
group by rule order by rule
