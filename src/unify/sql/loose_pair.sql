-- One row a candidate pair of a record of now and an earlier one of its source, by their places: to be compared.
select l, r, candidate_pair.crossing, rules, true as for_scoring
from candidate_pair
join loose as came on came.place = l
join loose as gone on gone.place = r
where gone.earlier and not came.earlier and came.loose_source = gone.loose_source
