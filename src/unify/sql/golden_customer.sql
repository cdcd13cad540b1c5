-- One row a customer: the values that survive.
with single as (
    select customer_id,
           max(value) filter (where field = 'kind') as kind,
           max(value) filter (where field = 'full_name') as full_name,
           max(value) filter (where field = 'name_prefix') as name_prefix,
           max(value) filter (where field = 'given_name') as given_name,
           max(value) filter (where field = 'middle_name') as middle_name,
           max(value) filter (where field = 'family_name') as family_name,
           max(value) filter (where field = 'name_suffix') as name_suffix,
           max(value) filter (where field = 'organization') as organization,
           max(value) filter (where field = 'job_title') as job_title,
           max(value) filter (where field = 'street') as street,
           max(value) filter (where field = 'city') as city,
           max(value) filter (where field = 'region') as region,
           max(value) filter (where field = 'postcode') as postcode,
           max(value) filter (where field = 'country') as country,
           max(value) filter (where field = 'birth_date') as birth_date,
           max(value) filter (where field = 'sex') as sex,
           max(value) filter (where field = 'tax_id') as tax_id,
           max(value) filter (where field = 'vat_id') as vat_id,
           max(value) filter (where field = 'website') as website,
           max(value) filter (where field = 'consent_marketing') as consent_marketing,
           max(value) filter (where field = 'notes') as notes
    from lineage group by customer_id
),
offered as (
    select customer_id, field_group as field, json_extract_string(value, '$.' || field_group) as value, label, rank
    from ranked_candidate where field_group in ('emails', 'phones')
    union all
    select customer_id, field, value, null, 0 from stated_value where field in ('emails', 'phones')
),
listed as (
    select customer_id,
           list({'value': value, 'label': label} order by rank) filter (where field = 'emails') as emails,
           list({'value': value, 'label': label} order by rank) filter (where field = 'phones') as phones
    from (select customer_id, field, value, max(label) as label, min(rank) as rank from offered group by all)
    group by customer_id
),
own_value as (
    select customer_id, map_from_entries(list({'k': field, 'v': value} order by field)) as own
    from lineage where list_contains($own, field) group by customer_id
),
held as (
    select crosswalk.customer_id, list_sort(list(distinct crosswalk.source)) as sources, count(*) as records,
           min(cluster.confidence) as confidence, max(standard_record.updated) as updated
    from crosswalk join cluster using (record_id) join standard_record using (record_id)
    group by crosswalk.customer_id
)
select customer.customer_id, kind, full_name, name_prefix, given_name, middle_name, family_name, name_suffix, organization, job_title,
       emails[1].value as email, coalesce(emails, []) as emails, phones[1].value as phone, coalesce(phones, []) as phones,
       street, city, region, postcode, country, birth_date, sex, tax_id, vat_id, website, consent_marketing, notes,
       coalesce(own, map {}) as own, sources, records, confidence, customer.first_seen, updated
from customer
join held using (customer_id)
left join single using (customer_id)
left join listed using (customer_id)
left join own_value using (customer_id)
