-- One row a value of which a customer is offered several, or one by several records: the record that speaks best for it, its
-- scores by the rules, and whether records write it in several ways. What is a slip of it counts for it as well.
with slipped as (
    select customer_id, field_group, "of" as same, sum(holders) as holders
    from slip join held_value using (customer_id, field_group, same) group by all
),
scored as (
    select candidate.*, varied, rules, list_transform(rules, lambda rule: case rule
        when 'trust' then trust
        when 'recent' then coalesce(epoch(updated::TIMESTAMP), -1e18)
        when 'frequent' then held_value.holders + coalesce(slipped.holders, 0)
        when 'complete' then filled::DOUBLE
        when 'longest' then length(value)::DOUBLE
        when 'valid' then valid::INT::DOUBLE
        when 'source_order' then -coalesce(list_position($sources, source), 0)::DOUBLE
        when 'max' then coalesce(measure, -1e300)
        when 'min' then -coalesce(measure, 1e300)
        when 'most_restrictive' then (json_extract_string(value, '$.consent_marketing') = 'no')::INT::DOUBLE
    end) as scores
    from (
        select *,
               -- What is a number or a day has a smallest and a largest.
               if(list_has_any(rules, ['min', 'max']),
                  coalesce(try_cast(replace(json_extract_string(value, '$.*')[1], ',', '.') as DOUBLE),
                           epoch(try_cast(json_extract_string(value, '$.*')[1] as DATE))), null) as measure
        from candidate join survivorship_rule using (field_group)
    ) as candidate
    join held_value using (customer_id, field_group, same)
    left join slipped using (customer_id, field_group, same)
)
select customer_id, field_group, same, record_id, source, source_key, updated, position, label, value, preferred, varied, rules, scores
from scored
qualify row_number() over (partition by customer_id, field_group, same order by preferred desc, scores desc, record_id, position, value) = 1
