-- One row a pair of records drawn at random: all pairs of a small table, else `partners` for each record.
-- The draw depends on the record ids alone, so that two runs draw the same.
with shuffled as (
    select record_id, row_number() over (order by md5(record_id)) - 1 as place, count(*) over () as records
    from query_table($records) where of_kind
),
drawn as (
    select record_id as a, (place + step) % records as place_of_b
    from shuffled cross join range(1, $partners + 1) as steps(step)
    where step <= records // 2
),
paired as (
    select drawn.a, shuffled.record_id as b from drawn join shuffled on shuffled.place = drawn.place_of_b
)
select distinct '0' as match_key, least(a, b) as join_key_l, greatest(a, b) as join_key_r
from paired where a <> b
