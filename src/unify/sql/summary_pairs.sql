-- One row: how many pairs are too doubtful to merge and too likely to forget, those left out that stewards were asked about.
select count(*) as review_pairs
from scored_pair
join crosswalk as l on l.record_id = scored_pair.record_id_l
join crosswalk as r on r.record_id = scored_pair.record_id_r
anti join decided_pair on decided_pair.record_id_l = scored_pair.record_id_l and decided_pair.record_id_r = scored_pair.record_id_r
where scored_pair.match_probability >= $review and l.customer_id <> r.customer_id
