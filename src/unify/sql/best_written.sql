-- One row a value that records of a customer write in several ways: the record that writes it best. It says all that the chosen
-- one says, in other capitals, accents or signs at most; and it may say more: a firm's legal form, a title, a postcode.
with plain as (
    select *, list_transform(list_prepend(text, beside), lambda part: trim(regexp_replace(
                  regexp_replace(lower(strip_accents(part)), '[''’‘`´ʼ]', '', 'g'), '[^\p{L}\p{N}]+', ' ', 'g'))) as folded
    from written_way
)
select way.customer_id, way.field_group, way.same, way.record_id, way.source, way.source_key, way.updated, way.label, way.value
from plain as way
join chosen_value using (customer_id, field_group, same)
join plain as chosen
    on chosen.customer_id = way.customer_id and chosen.field_group = way.field_group and chosen.same = way.same
    and chosen.record_id = chosen_value.record_id and chosen.position = chosen_value.position
    and chosen.value = chosen_value.value
join writing on writing.field_group = way.field_group and writing.text = way.text
where (way.field_group not in ('name', 'employment') or chosen.folded[1] in (way.folded[1], way.same))
    and len(list_filter(list_zip(chosen.folded[2:], way.folded[2:]),
                        lambda told: told[1] is not null and told[1] is distinct from told[2])) = 0
qualify row_number() over (
    partition by way.customer_id, way.field_group, way.same
    order by marks desc, (way.folded[1] <> way.same)::INT desc, way.filled desc, way.record_id = chosen_value.record_id desc,
             way.trust desc, way.updated desc nulls last, way.record_id, way.position, way.value
) = 1
