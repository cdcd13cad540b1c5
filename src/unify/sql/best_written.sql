-- One row a value that records of a customer write in several ways: the record that writes it best. It says all that the chosen
-- one says, in other capitals, accents or signs at most; and it may say more: a firm's legal form, a title, a postcode.
with way as (
    select customer_id, field_group, same, record_id, source, source_key, updated, position, label, value, filled, trust,
           coalesce(case field_group
               when 'name' then json_extract_string(value, '$.full_name')
               when 'employment' then json_extract_string(value, '$.organization')
               when 'address' then concat_ws(', ', json_extract_string(value, '$.street'), json_extract_string(value, '$.city'))
               else json_extract_string(value, '$.*')[1]
           end, '') as text,
           case field_group
               when 'name' then json_extract_string(value, ['$.name_prefix', '$.name_suffix'])
               when 'employment' then json_extract_string(value, ['$.job_title'])
               when 'address' then json_extract_string(value, ['$.region', '$.postcode', '$.country'])
               else []
           end as beside
    from candidate
    semi join (from chosen_value where ways > 1) using (customer_id, field_group, same)
),
plain as (
    select *, list_transform(list_prepend(text, beside), lambda part: trim(regexp_replace(
                  regexp_replace(lower(strip_accents(part)), '[''’‘`´ʼ]', '', 'g'), '[^\p{L}\p{N}]+', ' ', 'g'))) as folded
    from way
),
judged as (
    select *, list_transform(list_filter($marks, lambda mark: len(mark.fields) = 0 or list_contains(mark.fields, field_group)), lambda mark:
                  if(mark.better = 'more', 1, -1) * (len(regexp_extract_all(text, mark.pattern))
                      - if(mark.except = '', 0, len(regexp_extract_all(text, mark.except))))) as marks
    from plain
)
select way.customer_id, way.field_group, way.same, way.record_id, way.source, way.source_key, way.updated, way.label, way.value
from judged as way
join chosen_value using (customer_id, field_group, same)
join plain as chosen
    on chosen.customer_id = way.customer_id and chosen.field_group = way.field_group and chosen.same = way.same
    and chosen.record_id = chosen_value.record_id and chosen.position = chosen_value.position
    and chosen.value = chosen_value.value
where (way.field_group not in ('name', 'employment') or chosen.folded[1] in (way.folded[1], way.same))
    and len(list_filter(list_zip(chosen.folded[2:], way.folded[2:]), lambda told: told[1] is distinct from coalesce(told[2], '') and told[1] is not null)) = 0
qualify row_number() over (
    partition by way.customer_id, way.field_group, way.same
    order by marks desc, (way.folded[1] <> way.same)::INT desc, way.filled desc, way.record_id = chosen_value.record_id desc,
             way.trust desc, way.updated desc nulls last, way.record_id, way.position, way.value
) = 1
