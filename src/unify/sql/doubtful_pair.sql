-- One row a pair of records too doubtful to merge and too likely to forget, whatever was decided of it.
select record_id_l, record_id_r, match_probability from scored_pair
where match_probability >= $review and match_probability < $auto_merge order by record_id_l, record_id_r
