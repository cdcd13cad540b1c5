-- One row a person's record: what the model of people compares. Nothing known is null; shared and role values are left out.
with email as (
    select record_id,
           list_sort(list(same_as) filter (where not plain)) as emails,
           list_sort(list(same_as) filter (where plain)) as plain_emails,
           list_sort(list(same_as) filter (where named and not plain)) as named_emails,
           list_sort(list(same_as)) as all_emails,
           list_sort(list(distinct local) filter (where not plain)) as email_locals,
           list(distinct year) filter (where year is not null) as mail_years,
           list(family_spelt) as families_spelt, list(given_spelt) as given_spelt
    from person_email group by record_id
),
firm_phone as (
    select distinct value from record_phone join standard_record using (record_id) where kind = 'organization'
),
phone as (
    -- The number of a firm, in the record of one who works at a firm, is the firm's.
    select record_id,
           list_sort(list(record_phone.value) filter (where type <> 'landline')) as mobiles,
           list_sort(list(record_phone.value) filter (where type = 'landline')) as landlines,
           -- One wrong or lost digit leaves one half right.
           list_concat(
               list(right(record_phone.value, 5)) filter (where type <> 'landline'),
               list(left(record_phone.value, 8)) filter (where type <> 'landline')
           ) as mobile_halves
    from record_phone
    join standard_record using (record_id)
    left join shared_value on shared_value.field = 'phones' and shared_value.value = record_phone.value
    left join firm_phone on firm_phone.value = record_phone.value and organization_key is not null
    where firm_phone.value is null and type <> 'fax' and coalesce(label, '') <> 'fax' and shared_value.value is null
    group by record_id
)
select person_name.record_id, place, if((select count(distinct source) from standard_record) > 1, source, null) as source, person_name.given_key, person_name.family_key, person_name.name_key,
       array_to_string(list_sort(string_split(person_name.name_key, ' ')), ' ') as sorted_name_key,
       left(given_letters, 1) as given_initial, lower(left(strip_accents(middle_name), 1)) as middle_initial, left(given_letters, 3) as given_start, left(family_letters, 4) as family_start,
       array_to_string(list_sort(list_distinct(string_split(family_letters, ''))), '') as family_signs,
       birth_date, left(birth_date, 4) as birth_year,
       -- One that fails its check digits is mistyped: it can be near another, never the same.
       case when tax_id_valid is not false then tax_id end as tax_id, tax_id as written_tax_id, organization_key as employer_key,
       person_name.of_kind, other_kind, person_name.given_common, lent, coalesce(tax_id_valid, false) as checked_tax_id, workplaces,
       nullif(list_sort(list_distinct(list_concat(case when birth_date is null then [] else [substr(birth_date, 3, 2)] end, coalesce(mail_years, [])))), []) as years,
       list_sort(list_distinct(list_concat(person_name.given_forms, list_filter(given_spelt, lambda name: name is not null)))) as given_forms,
       list_sort(list_distinct(list_concat([family_letters], list_filter(families_spelt, lambda name: name is not null)))) as family_forms,
       emails, plain_emails, named_emails, all_emails, email_locals,
       list_distinct(list_transform(all_emails, lambda email: left(email, 4))) as email_starts, mobiles, mobile_halves, landlines, places, houses, streets, postcodes, cities,
       nullif(list_concat(coalesce(all_emails, []), coalesce(mobiles, []), coalesce(landlines, []), coalesce(places, []), coalesce(houses, [])), []) as contacts
from person_name
join standard_record using (record_id)
left join email using (record_id)
left join phone using (record_id)
left join home_place using (record_id)
left join person_work using (record_id)
