-- One row: how many pairs are too doubtful to merge and too likely to forget.
select count(*) as review_pairs
from scored_pair
join crosswalk as l on l.record_id = record_id_l
join crosswalk as r on r.record_id = record_id_r
where scored_pair.match_probability >= $review and l.customer_id <> r.customer_id
