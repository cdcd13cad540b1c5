-- One row a threshold: how many scored pairs reach it, and how many of these are one entity.
select threshold,
       count(*) filter (match_probability >= threshold) as pairs,
       count(*) filter (match_probability >= threshold and one_entity) as right_pairs
from (select unnest($thresholds::DOUBLE[]) as threshold)
left join judged_pair on true
group by threshold
order by threshold
