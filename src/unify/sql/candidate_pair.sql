-- One row a pair of records that share an open block of some rule: each pair once, with the first rule that found it.
-- A pair of two kinds says `crossing` in its place; one of two strangers to the model is the other model's.
with open_member as (
    select rule, block, place from block_member join open_block using (rule, block)
),
found as (
    select min(l.rule) as rule, l.place as l, r.place as r
    from open_member as l
    join open_member as r on l.rule = r.rule and l.block = r.block and l.place < r.place
    group by l.place, r.place
)
select case when l.of_kind and r.of_kind then found.rule::VARCHAR else 'crossing' end as match_key, l.record_id as join_key_l, r.record_id as join_key_r
from found
join numbered_record as l on l.place = found.l
join numbered_record as r on r.place = found.r
where l.of_kind or r.of_kind
order by found.l, found.r
