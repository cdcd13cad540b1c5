-- One row a band of match probability (from `least` up to the next): the pairs held so likely, and the share that is one entity.
with band as (
    select unnest($bounds::DOUBLE[]) as least
),
placed as (
    select least, match_probability, one_entity from judged_pair asof join band on match_probability >= least
)
select least, count(match_probability) as pairs, round(avg(match_probability), 6) as predicted,
       round(avg(one_entity::INT), 6) as observed
from band left join placed using (least)
group by least
order by least
