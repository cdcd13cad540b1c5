-- One row a pair of records (their places) drawn at random: all pairs of a small table, else `partners` for each of so many records.
-- The draw depends on the record ids alone, so that two runs draw the same.
with shuffled as (
    select place, row_number() over (order by md5(record_id)) - 1 as turn, count(*) over () as records
    from query_table($records) where of_kind
),
drawn as (
    select place as a, (turn + step) % records as turn_of_b
    from shuffled cross join range(1, $partners + 1) as steps(step)
    where step <= records // 2 and turn < $most
),
paired as (
    select drawn.a, shuffled.place as b from drawn join shuffled on shuffled.turn = drawn.turn_of_b
)
select distinct least(a, b) as l, greatest(a, b) as r, 0::BIGINT as rules, false as crossing, false as for_scoring, false as for_training, true as drawn
from paired where a <> b
