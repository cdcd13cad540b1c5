-- One row a scored pair of one kind, its records numbered. Two kinds are never joined.
select l.item as a, r.item as b, match_probability, match_weight, parted
from scored_pair
join cluster_item as l on l.record_id = record_id_l
join cluster_item as r on r.record_id = record_id_r
where not crossing
