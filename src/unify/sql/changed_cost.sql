-- One row a blocking rule: how many pairs more it finds than before, and how many records more are in blocks too large to open.
select rule::BIGINT as rule,
       sum(if(is_open, records * (records - 1) // 2, 0) - if(was_open, had * (had - 1) // 2, 0))::BIGINT as pairs,
       sum(if(not is_open and records > 1, records, 0) - if(not was_open and had > 1, had, 0))::BIGINT as left_out
from changed_block group by rule
