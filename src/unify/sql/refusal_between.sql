-- One row a refused pair of records of two customers: why it did not join, and the weight of the two that stood in the way.
select refused_pair.record_id_l, refused_pair.record_id_r, refused_pair.match_probability, reason, witness_l, witness_r,
       scored_pair.match_weight as witness_weight
from refused_pair
join crosswalk as l on l.record_id = refused_pair.record_id_l
join crosswalk as r on r.record_id = refused_pair.record_id_r
left join scored_pair on scored_pair.record_id_l = least(witness_l, witness_r) and scored_pair.record_id_r = greatest(witness_l, witness_r)
where (l.customer_id = $left and r.customer_id = $right) or (l.customer_id = $right and r.customer_id = $left)
order by refused_pair.match_probability desc, refused_pair.record_id_l, refused_pair.record_id_r
