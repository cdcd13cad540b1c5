-- One row a pair of records drawn at random: all pairs of a small table, else `partners` for each record.
-- The draw depends on the record ids alone, so that two runs draw the same.
with shuffled as (
    select record_id, row_number() over (order by md5(record_id)) - 1 as place from query_table($records)
),
size as (
    select count(*) as records from shuffled
),
drawn as (
    select l.record_id as a, r.record_id as b
    from shuffled as l
    cross join size
    cross join range(1, $partners + 1) as step(step)
    join shuffled as r on r.place = (l.place + step.step) % size.records
    where step.step <= size.records // 2
)
select distinct '0' as match_key, least(a, b) as join_key_l, greatest(a, b) as join_key_r
from drawn where a <> b
order by join_key_l, join_key_r
