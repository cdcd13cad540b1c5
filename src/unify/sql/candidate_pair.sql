-- One row a pair of records (their places) that share an open block of some rule: each pair once, with the rules that found it as bits.
-- Of a pair of two kinds one record is a stranger to the model; one whose kind is open is none. A pair of two that are not of the
-- model's kind is the other model's.
-- The sample for training takes from all pairs alike: those worth scoring are more alike than others.
with open_member as (
    select rule, block, place, of_kind, other_kind, for_scoring from block_member join open_block using (rule, block)
)
select l.place as l, r.place as r, bit_or(1::BIGINT << l.rule) as rules,
       any_value(l.other_kind) or any_value(r.other_kind) as crossing,
       bool_or(l.for_scoring) as for_scoring, hash(l.place, r.place) % $step = 0 as for_training
from open_member as l
join open_member as r on l.rule = r.rule and l.block = r.block and l.place < r.place
where (l.of_kind or r.of_kind) and (l.for_scoring or hash(l.place, r.place) % $step = 0)
group by l.place, r.place
