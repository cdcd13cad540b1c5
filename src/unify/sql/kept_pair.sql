-- One row a compared pair that is of use: a likely one, or one that speaks against what likely ones join.
-- One that rests on nothing but names and places is never sure, nor is one of a person's record and a firm's.
with capped as (
    select record_id_l, record_id_r, crossing,
           case when anchored and not crossing then match_weight else least(match_weight, log2($unanchored / (1 - $unanchored))) end as weight,
           case when anchored and not crossing then match_probability else least(match_probability, $unanchored) end as probability
    from compared_pair
),
linked as (
    select record_id_l as record_id from capped where probability >= $likely
    union
    select record_id_r from capped where probability >= $likely
)
select record_id_l, record_id_r, round(weight, 6) as match_weight, round(probability, 6) as match_probability, crossing
from capped
where probability >= $least
    or (record_id_l in (select record_id from linked) and record_id_r in (select record_id from linked))
