-- One row an earlier record and one of now that are surely one: no pair of a person and a firm, nor one of names and places alone.
select gone.record_id as then_record, came.record_id as now_record, round(match_weight, 6) as weight
from loose_weight
join loose as came on came.place = l
join loose as gone on gone.place = r
where anchored and not loose_weight.crossing and not parted and match_weight >= $least
