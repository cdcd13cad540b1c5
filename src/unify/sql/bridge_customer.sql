-- One row a link within a customer of three records or more whose weakest link is weak.
select l.customer_id, record_id_l, record_id_r, match_weight, scored_pair.match_probability
from scored_pair
join crosswalk as l on l.record_id = record_id_l
join crosswalk as r on r.record_id = record_id_r and r.customer_id = l.customer_id
join golden_customers on golden_customers.customer_id = l.customer_id
where records >= 3 and confidence < $sure and scored_pair.match_probability >= $joins and not crossing
order by l.customer_id, match_weight desc, record_id_l, record_id_r
