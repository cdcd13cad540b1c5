-- One row a distinct value offered to a customer, best first, with the rule that put the first before the second.
with counted as (
    select candidate.*, count(*) over (partition by customer_id, field_group, same) as holders, survivorship_rule.rules,
           -- What is a number or a day has a smallest and a largest.
           coalesce(try_cast(replace(json_extract_string(value, '$.*')[1], ',', '.') as DOUBLE),
                    epoch(try_cast(json_extract_string(value, '$.*')[1] as DATE))) as measure
    from candidate join survivorship_rule using (field_group)
),
scored as (
    select *, list_transform(rules, lambda rule: case rule
        when 'trust' then trust::DOUBLE
        when 'recent' then coalesce(epoch(updated::TIMESTAMP), -1e18)
        when 'frequent' then holders::DOUBLE
        when 'complete' then filled::DOUBLE
        when 'longest' then length(value)::DOUBLE
        when 'valid' then valid::INT::DOUBLE
        when 'source_order' then -coalesce(list_position($sources, source), 0)::DOUBLE
        when 'max' then coalesce(measure, -1e300)
        when 'min' then -coalesce(measure, 1e300)
        when 'most_restrictive' then (json_extract_string(value, '$.consent_marketing') = 'no')::INT::DOUBLE
    end) as scores
    from counted
),
best as (
    select * from scored
    qualify row_number() over (partition by customer_id, field_group, same order by preferred desc, scores desc, record_id, position, value) = 1
),
placed as (
    select *,
           row_number() over (partition by customer_id, field_group order by preferred desc, scores desc, record_id, position, value) as rank,
           lead(preferred) over (partition by customer_id, field_group order by preferred desc, scores desc, record_id, position, value) as next_preferred,
           lead(scores) over (partition by customer_id, field_group order by preferred desc, scores desc, record_id, position, value) as next_scores
    from best
)
select customer_id, field_group, record_id, source, source_key, updated, label, value, rank,
       case
           when field_group = 'kind' and preferred = 2 then 'steward'
           when next_scores is null then case when rank = 1 then 'only' else 'last' end
           when preferred <> next_preferred then 'preferred'
           else coalesce(
               list_filter(rules, lambda rule, place: scores[place] <> next_scores[place])[1], 'tie'
           )
       end as rule
from placed
order by customer_id, field_group, rank
