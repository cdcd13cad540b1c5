-- One row a pair that is likely enough and yet did not join, why, and the two records that stood in the way.
select l.record_id as record_id_l, r.record_id as record_id_r, match_probability, reason,
       wl.record_id as witness_l, wr.record_id as witness_r
from refusal
join cluster_item as l on l.item = a
join cluster_item as r on r.item = b
join cluster_item as wl on wl.item = witness_a
join cluster_item as wr on wr.item = witness_b
order by record_id_l, record_id_r
