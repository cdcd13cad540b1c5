-- One row a compared pair that is of use to anybody; one that rests on nothing but names and places is never sure.
with capped as (
    select record_id_l, record_id_r,
           case when anchored then match_weight else least(match_weight, log2($unanchored / (1 - $unanchored))) end as weight,
           case when anchored then match_probability else least(match_probability, $unanchored) end as probability
    from compared_pair
)
select record_id_l, record_id_r, round(weight, 6) as match_weight, round(probability, 6) as match_probability
from capped where probability >= $least
