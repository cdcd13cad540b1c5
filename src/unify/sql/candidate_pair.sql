-- One row a pair of records that share a block of some rule: each pair once, with the first rule that found it.
with member as (
    select distinct rule, block, record_id from block_key
),
open_block as (
    select rule, block from member group by rule, block having count(*) between 2 and $largest
),
open_member as (
    select member.* from member join open_block using (rule, block)
)
select min(l.rule)::VARCHAR as match_key, l.record_id as join_key_l, r.record_id as join_key_r
from open_member as l
join open_member as r on l.rule = r.rule and l.block = r.block and l.record_id < r.record_id
group by l.record_id, r.record_id
order by join_key_l, join_key_r
