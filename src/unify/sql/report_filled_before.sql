-- One row: of how many records each field is filled.
with lists as (
    select
        (select count(distinct record_id) from record_email) as emails,
        (select count(distinct record_id) from record_phone) as phones
),
addresses as (
    select
        count(distinct record_id) filter (where street is not null) as street,
        count(distinct record_id) filter (where city is not null) as city,
        count(distinct record_id) filter (where region is not null) as region,
        count(distinct record_id) filter (where postcode is not null) as postcode,
        count(distinct record_id) filter (where country is not null) as country
    from record_address
),
plain as (select count(columns(* exclude (record_id, own))) from standard_record)
select * from plain, lists, addresses
