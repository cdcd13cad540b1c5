-- One row a scored pair, strongest first; ties in the order of the record ids.
with of_two_kinds as (
    -- Both models may have compared them.
    select record_id_l, record_id_r, max(match_weight) as match_weight, max(match_probability) as match_probability, true as crossing
    from scored_pair where crossing group by record_id_l, record_id_r
)
select * from (select * from scored_pair where not crossing union all by name select * from of_two_kinds)
order by match_weight desc, record_id_l, record_id_r
