-- One row a pair of records of one customer and two entities, the surest first; those that only a third record joined come last.
select l.record_id as record_id_l, r.record_id as record_id_r, l.customer_id, match_probability
from judged_record as l
join judged_record as r on l.customer_id = r.customer_id and l.record_id < r.record_id and l.entity <> r.entity
left join scored_pair on record_id_l = l.record_id and record_id_r = r.record_id
order by match_weight desc nulls last, l.record_id, r.record_id
limit $most
