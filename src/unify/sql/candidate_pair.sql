-- One row a pair of records (their places) that share an open block of some rule: each pair once, with the rules that found it as bits (all
-- from the 63rd on as one).
-- Of a pair of two kinds one record is a stranger to the model; one whose kind is open is none. A pair of two that are not of the
-- model's kind is the other model's.
-- For training, all pairs among some records are taken: those worth scoring are more alike than others.
with open_member as (
    select rule, block, place, of_kind, other_kind, for_scoring, hash(place) % $step = 0 as sampled
    from block_member join open_block using (rule, block)
),
found as (
    select l.place as l, r.place as r, l.rule, l.other_kind or r.other_kind as crossing, true as for_scoring, l.sampled and r.sampled as for_training
    from (select * from open_member where for_scoring) as l
    join (select * from open_member where for_scoring) as r on l.rule = r.rule and l.block = r.block and l.place < r.place
    where l.of_kind or r.of_kind
    union all
    select l.place, r.place, l.rule, l.other_kind or r.other_kind, false, true
    from (select * from open_member where sampled and not for_scoring) as l
    join (select * from open_member where sampled and not for_scoring) as r on l.rule = r.rule and l.block = r.block and l.place < r.place
    where l.of_kind or r.of_kind
)
select l, r, bit_or(1::BIGINT << least(rule, 62)) as rules, any_value(crossing) as crossing, bool_or(for_scoring) as for_scoring,
       any_value(for_training) as for_training, false as drawn
from found group by l, r
