-- One row a scored pair of two records of the truth: how likely it was held, and whether it is one entity.
select record_id_l, record_id_r, match_probability, match_weight, l.entity = r.entity as one_entity
from scored_pair
join judged_record as l on l.record_id = record_id_l
join judged_record as r on r.record_id = record_id_r
