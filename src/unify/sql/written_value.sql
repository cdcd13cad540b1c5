-- One row a value of a record that has a standard form of its own, as written.
with listed as (
    select record_id, 'emails' as field, unnest(emails) as entry, generate_subscripts(emails, 1) as position
    from source_record
    union all
    select record_id, 'phones', unnest(phones), generate_subscripts(phones, 1) from source_record
),
address as (
    select record_id, unnest(addresses) as entry, generate_subscripts(addresses, 1) as position
    from source_record
),
single as (
    unpivot (
        select record_id, birth_date, updated, tax_id, vat_id, any_id, website, consent_marketing, sex, job_title, notes
        from source_record
    ) on columns(* exclude record_id) into name field value written
)
select record_id, field, entry.label as label, position, null::VARCHAR as context, entry.value as written from listed
union all
select record_id, 'addresses', entry.label, position, null,
       json_object('street', entry.street, 'house_number', entry.house_number, 'city', entry.city, 'region', entry.region,
                   'postcode', entry.postcode, 'country', entry.country)::VARCHAR
from address
union all
select record_id, field, null, 1, null, written from single
