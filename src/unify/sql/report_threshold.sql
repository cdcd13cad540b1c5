-- One row a match probability: the pairs at or above it, how many of them are expected to be false, and how many matches lie below.
-- No pair is believed to be surer than `surest`.
with pairs as (
    select match_probability, least(match_probability, $surest) as believed from scored_pair where not crossing
),
thresholds as (select unnest($thresholds) as threshold)
select
    threshold,
    count(*) filter (where match_probability >= threshold) as pairs,
    round(coalesce(sum(1 - believed) filter (where match_probability >= threshold), 0), 1) as expected_false,
    round(coalesce(sum(believed) filter (where match_probability < threshold), 0), 1) as expected_missed
from thresholds, pairs
group by threshold
order by threshold
