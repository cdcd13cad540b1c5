-- One row a scored pair, strongest first; ties in the order of the record ids.
select * from scored_pair order by match_weight desc, record_id_l, record_id_r
