-- One row a missed pair, the one that was held least likely first; those that were never compared come last.
select record_id_l, record_id_r, customer_id_l, customer_id_r, match_probability, reason
from missed_pair
order by match_weight nulls last, record_id_l, record_id_r
limit $most
