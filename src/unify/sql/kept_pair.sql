-- One row a compared pair that is of use: a likely one, or one that speaks against what likely ones join.
-- One that rests on nothing but names and places is never sure, nor is one of a person's record and a firm's.
with capped as (
    select l, r, crossing, parted,
           case when anchored and not crossing then match_weight else least(match_weight, log2($unanchored / (1 - $unanchored))) end as weight
    from query_table($pairs)
),
linked as (
    select l as place from capped where weight >= log2($likely / (1 - $likely))
    union
    select r from capped where weight >= log2($likely / (1 - $likely))
),
kept as (
    select * from capped where weight >= log2($least / (1 - $least))
    union all
    select capped.* from capped semi join linked on linked.place = l semi join linked on linked.place = r
    where weight < log2($least / (1 - $least))
)
select l_record.record_id as record_id_l, r_record.record_id as record_id_r, round(weight, 6) as match_weight,
       round(1 / (1 + pow(2, -weight)), 6) as match_probability, crossing, parted
from kept
join query_table($records) as l_record on l_record.place = l
join query_table($records) as r_record on r_record.place = r
