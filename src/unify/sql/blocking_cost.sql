-- One row a blocking rule that finds anything: its pairs, and the records in blocks too large to score.
select block_size.rule,
       coalesce(sum(block_size.records * (block_size.records - 1) // 2) filter (where for_scoring), 0)::BIGINT as pairs,
       coalesce(sum(block_size.records) filter (where for_scoring is not true), 0)::BIGINT as left_out
from block_size left join open_block on open_block.rule = block_size.rule and open_block.block = block_size.block
group by block_size.rule order by block_size.rule
