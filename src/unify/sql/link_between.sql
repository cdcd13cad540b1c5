-- One row a scored pair of a record of one customer and a record of another (or of the same one), strongest first.
select record_id_l, record_id_r, match_weight, scored_pair.match_probability, crossing
from scored_pair
join crosswalk as l on l.record_id = record_id_l
join crosswalk as r on r.record_id = record_id_r
where (l.customer_id = $left and r.customer_id = $right) or (l.customer_id = $right and r.customer_id = $left)
order by match_weight desc, record_id_l, record_id_r
