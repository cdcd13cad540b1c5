-- One row a record that plainly names a person: a word in each of two columns, or a name in one that the lists know, and nothing
-- else that tells its kind.
with placed as (
    select record_id, l.lean < 0 and r.lean > 0 and (l.common_family or r.common_given) as changed, l as one, r as other
    from named_record
    join name_part as l on l.written = given_name
    join name_part as r on r.written = family_name
    where l.key is not null and r.key is not null and kind is null and any_name is null
        and (full_name is null or lower(full_name) in (lower(given_name || ' ' || family_name), lower(family_name || ' ' || given_name)))
        and name_prefix is null and middle_name is null and name_suffix is null
),
parted as (
    select record_id, if(changed, other, one) as given, if(changed, one, other) as family from placed
),
ordered as (
    select record_id, [one, two, three] as words, name_order.given[1] as g, name_order.given[2] as h, name_order.family[1] as f, name_order.family[2] as e
    from known_name
    left join name_custom using (source)
    join name_order on name_order.leans = known_name.leans and name_order.letters = known_name.letters and name_order.custom = coalesce(name_custom.custom, '')
),
named as (
    select record_id, 0.95 as certainty, 'a given and a family name' as reason, given.display as given_name, given.key as given_key,
           given.forms as given_forms, given.common_given as given_common, family.display as family_name, family.key as family_key
    from parted
    union all
    select record_id, 0.9, 'the lists of names know it',
           concat_ws(' ', words[g].display, words[h].display), concat_ws(' ', words[g].key, words[h].key),
           if(h is null, words[g].forms, list_sort(list_distinct(list_concat(
               [words[g].key || ' ' || words[h].key, words[g].key || words[h].key], if(words[g].compound, [], words[g].forms)
           )))),
           h is null and words[g].common_given,
           concat_ws(' ', words[f].display, words[e].display), concat_ws(' ', words[f].key, words[e].key)
    from ordered
)
select record_id, 'person' as kind,
       case when record_single.tax_id is not null and record_single.tax_id_valid then 0.97 when record_single.birth_date_written then 0.95
            else certainty end::DOUBLE as kind_certainty,
       case when record_single.tax_id is not null and record_single.tax_id_valid then 'the tax id is a person''s'
            when record_single.birth_date_written then 'a birth date'
            else reason end as kind_reason,
       named.given_name || ' ' || named.family_name as full_name, null::VARCHAR as name_prefix, named.given_name, null::VARCHAR as middle_name, named.family_name,
       null::VARCHAR as name_suffix, standard_employer.name as organization, given_key || ' ' || family_key as name_key, null::VARCHAR as name_same_as, given_key,
       family_key, standard_employer.key as organization_key, null::VARCHAR as owner_key, null::VARCHAR as legal_form, given_forms, given_common
from named
join record_single using (record_id)
join named_record using (record_id)
left join standard_employer on standard_employer.written = named_record.organization
