-- One row a person's record: what the model of people compares. Nothing known is null; shared and role values are left out.
-- An e-mail is plain when it is made of the name alone, at a provider: it says little more than the name does.
-- One that is made of the name and more (a year, a domain of its own) names its owner, and nobody else.
with person as (
    select *, replace(given_key, ' ', '') as g, replace(family_key, ' ', '') as f from standard_record where kind = 'person'
),
own_email as (
    select record_email.record_id, same_as, free_provider,
           regexp_replace(split_part(same_as, '@', 1), '[^a-z0-9]', '', 'g') as local
    from record_email
    left join shared_value on shared_value.field = 'emails' and shared_value.value = same_as
    where not role and shared_value.value is null
),
busy_domain as (
    select split_part(same_as, '@', 2) as domain from own_email group by domain having count(distinct same_as) >= $busy_from
),
spelt_email as (
    -- The name may be mistyped in the record, so two letters more or less do not count.
    select own_email.record_id, same_as, local, regexp_replace(local, '[0-9]', '', 'g') as letters,
           list_filter([g || f, f || g, left(g, 1) || f, f || left(g, 1), g || left(f, 1)], lambda s: s is not null) as spellings,
           local = g or local = f as half,
           free_provider or busy_domain.domain is not null as provider
    from own_email
    join person using (record_id)
    left join busy_domain on busy_domain.domain = split_part(same_as, '@', 2)
),
judged_email as (
    select *,
           coalesce(list_min(list_transform(spellings, lambda s: levenshtein(s, letters))) <= case when length(letters) >= 8 then 2 else 0 end, false)
               as named,
           provider and (coalesce(half, false) or named and not regexp_matches(local, '[0-9]')) as plain
    from spelt_email
),
email as (
    select record_id,
           list_sort(list(same_as) filter (where not plain)) as emails,
           list_sort(list(same_as) filter (where plain)) as plain_emails,
           list_sort(list(same_as) filter (where named and not plain)) as named_emails,
           list_sort(list(same_as)) as all_emails,
           list_sort(list(distinct local) filter (where not plain and length(local) >= 5)) as email_locals
    from judged_email group by record_id
),
firm_phone as (
    select distinct value from record_phone join standard_record using (record_id) where kind = 'organization'
),
phone as (
    -- The number of a firm, in the record of one who works at a firm, is the firm's.
    select record_id,
           list_sort(list(record_phone.value) filter (where type <> 'landline')) as mobiles,
           list_sort(list(record_phone.value) filter (where type = 'landline')) as landlines
    from record_phone
    join person using (record_id)
    left join shared_value on shared_value.field = 'phones' and shared_value.value = record_phone.value
    left join firm_phone on firm_phone.value = record_phone.value and person.organization_key is not null
    where firm_phone.value is null and type <> 'fax' and coalesce(label, '') <> 'fax' and shared_value.value is null
    group by record_id
)
select person.record_id, given_key, family_key, name_key,
       array_to_string(list_sort(string_split(name_key, ' ')), ' ') as sorted_name_key,
       left(given_key, 1) as given_initial, left(g, 3) as given_start, left(f, 4) as family_start,
       birth_date, left(birth_date, 4) as birth_year,
       -- One that fails its check digits is mistyped: it can be near another, never the same.
       case when tax_id_valid is not false then tax_id end as tax_id, tax_id as written_tax_id, organization_key as employer_key,
       given_common, given_forms, emails, plain_emails, named_emails, all_emails, email_locals, mobiles, landlines,
       places, houses, streets, postcodes, cities,
       nullif(list_concat(coalesce(all_emails, []), coalesce(mobiles, []), coalesce(landlines, []), coalesce(places, [])), []) as contacts
from person
left join email using (record_id)
left join phone using (record_id)
left join home_place using (record_id)
order by record_id
