-- One row a level of a comparison that pairs met and that weighs something: what it says for or against a match, and how many met it.
select kind, comparison, name, round(weight, 2) as weight, candidates
from linkage_level
where number >= 0 and candidates > 0 and not (fixed and m = u)
order by kind desc, place, number desc
