-- One row a pair that joins nothing by itself, between records that others could join: what it says counts for and against.
select l.item as a, r.item as b, match_probability, match_weight
from scored_pair
join cluster_item as l on l.record_id = record_id_l
join cluster_item as r on r.record_id = record_id_r
join component as cl on cl.item = l.item
join component as cr on cr.item = r.item and cr.component = cl.component
where match_probability < $threshold and not crossing
order by match_weight desc, a, b
