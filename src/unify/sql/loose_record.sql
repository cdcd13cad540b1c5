-- One row a record that nothing ties to the other generation yet: one that is gone or that stood under a key of now somebody else
-- (`earlier`), or one that came. Only of sources that have both.
with loose as (
    select record_id, source, true as earlier
    from changed_key left join strange_key as strange using (record_id)
    where then_content is not null and (now_content is null or strange.record_id is not null)
      and record_id not in (select then_record from same_content)
    union all
    select record_id, source, false
    from changed_key left join strange_key as strange using (record_id)
    where now_content is not null and (then_content is null or strange.record_id is not null)
      and record_id not in (select now_record from same_content)
)
select * from loose
where source in (select source from loose group by source having count(distinct earlier) = 2)
