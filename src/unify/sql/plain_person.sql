-- One row a record that names a person in two columns, a plain word in each, and says nothing else of its kind.
with placed as (
    select record_id, organization,
           l.lean < 0 and r.lean > 0 and (l.common_family or r.common_given) as changed,
           l as one, r as other
    from source_record
    join name_part as l on l.written = given_name
    join name_part as r on r.written = family_name
    where kind is null and any_name is null and full_name is null
        and name_prefix is null and middle_name is null and name_suffix is null
),
named as (
    select record_id, organization,
           case when changed then other else one end as given,
           case when changed then one else other end as family
    from placed
)
select named.record_id, 'person' as kind,
       case when record_single.tax_id is not null and record_single.tax_id_valid then 0.97 else 0.95 end::DOUBLE as kind_certainty,
       case when record_single.tax_id is not null and record_single.tax_id_valid then 'the tax id is a person''s'
            when record_single.birth_date_written then 'a birth date'
            else 'a given and a family name' end as kind_reason,
       given.display || ' ' || family.display as full_name, null::VARCHAR as name_prefix, given.display as given_name,
       null::VARCHAR as middle_name, family.display as family_name, null::VARCHAR as name_suffix,
       standard_employer.name as organization, given.key || ' ' || family.key as name_key, given.key as given_key,
       family.key as family_key, standard_employer.key as organization_key, null::VARCHAR as legal_form, given.forms as given_forms,
       given.common_given as given_common
from named
join record_single using (record_id)
left join standard_employer on standard_employer.written = named.organization
