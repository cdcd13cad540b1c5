-- One row a golden value: the record it came from, the rule it won by. Every value of a list is golden.
-- What a steward set goes before all of them; parts of a name that were set make the whole name.
with surviving as (
    select *, unnest(json_keys(value)) as field
    from ranked_candidate where rank = 1 or list_contains($lists, field_group)
),
won as (
    select surviving.customer_id, field, json_extract_string(value, '$."' || field || '"') as value, surviving.source, surviving.source_key,
           case when list_contains($lists, field_group) then 'union' else rule end as rule, updated as as_of, rank
    from surviving
    left join standing_refusal on standing_refusal.customer_id = surviving.customer_id and field = 'consent_marketing'
    where json_extract_string(value, '$."' || field || '"') is not null
      -- What was refused by a record that is gone, only a record that is there can refuse.
      and (standing_refusal.customer_id is null or json_extract_string(value, '$.consent_marketing') = 'no')
    union all
    select customer_id, 'consent_marketing', 'no', source, source_key, 'most_restrictive', as_of, 1 from standing_refusal
    where customer_id not in (
        select customer_id from surviving where field = 'consent_marketing' and json_extract_string(value, '$.consent_marketing') = 'no'
    )
),
settled as (
    select won.* from won
    left join stated_value as said on said.customer_id = won.customer_id and said.field = won.field
         and (not list_contains($lists, won.field) or said.value = won.value)
    where said.field is null
    union all
    select customer_id, field, value, null, null, 'steward', said_at, 0 from stated_value where value is not null
),
renamed as (
    select customer_id, concat_ws(' ', max(value) filter (where field = 'given_name'), max(value) filter (where field = 'middle_name'),
                                  max(value) filter (where field = 'family_name')) as value,
           max(as_of) filter (where rule = 'steward') as as_of
    from settled
    where customer_id in (select customer_id from stated_value where field in ('given_name', 'middle_name', 'family_name'))
      and customer_id not in (select customer_id from stated_value where field = 'full_name')
    group by customer_id
)
select * exclude (rank) from (
    select settled.* from settled left join renamed using (customer_id) where renamed.customer_id is null or field <> 'full_name'
    union all
    select customer_id, 'full_name', value, null, null, 'steward', as_of, 0 from renamed where value <> ''
)
