-- One row a distinct value offered to a customer, in its best writing, best first, with the rule that put the first before the second.
with placed as (
    select *,
           row_number() over better as rank,
           lead(preferred) over better as next_preferred,
           lead(scores) over better as next_scores
    from chosen_value
    window better as (partition by customer_id, field_group order by preferred desc, scores desc, record_id, position, value)
)
select customer_id, field_group,
       coalesce(best.record_id, placed.record_id) as record_id, if(best.record_id is null, placed.source, best.source) as source,
       if(best.record_id is null, placed.source_key, best.source_key) as source_key,
       if(best.record_id is null, placed.updated, best.updated) as updated,
       if(best.record_id is null, placed.label, best.label) as label, coalesce(best.value, placed.value) as value,
       rank,
       case
           when field_group = 'kind' and preferred = 2 then 'steward'
           when next_scores is null then case when rank = 1 then 'only' else 'last' end
           when preferred <> next_preferred then 'preferred'
           else coalesce(
               list_filter(rules, lambda rule, place: scores[place] <> next_scores[place])[1], 'tie'
           )
       end as rule
from placed
left join best_written as best using (customer_id, field_group, same)
union all
select customer_id, field_group, record_id, source, source_key, updated, label, value, 1,
       if(field_group = 'kind' and preferred = 2, 'steward', 'only')
from candidate anti join held_value using (customer_id, field_group)
