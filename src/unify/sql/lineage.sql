-- One row a golden value: the record it came from, the rule it won by. Every value of a list is golden.
with surviving as (
    select *, unnest(json_keys(value)) as field
    from ranked_candidate where rank = 1 or list_contains($lists, field_group)
)
select customer_id, field, json_extract_string(value, '$."' || field || '"') as value, source, source_key,
       case when list_contains($lists, field_group) then 'union' else rule end as rule, updated as as_of
from surviving
where json_extract_string(value, '$."' || field || '"') is not null
order by customer_id, field, rank, value
