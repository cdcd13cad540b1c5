-- One row a pair of records (their places) of which one was touched, that share a block: as in `candidate_pair`.
with open_member as (
    select rule, block, place, of_kind, other_kind, touched_again.place is not null as touched
    from block_member join opened_block using (rule, block) left join touched_again using (place)
),
found as (
    select least(a.place, b.place) as l, greatest(a.place, b.place) as r, a.rule, a.other_kind or b.other_kind as crossing
    from (select * from open_member where touched) as a
    join open_member as b on a.rule = b.rule and a.block = b.block and a.place <> b.place
    where a.of_kind or b.of_kind
)
select l, r, bit_or(1::BIGINT << least(rule, 62)) as rules, any_value(crossing) as crossing, true as for_scoring,
       false as for_training, false as drawn
from found group by l, r
