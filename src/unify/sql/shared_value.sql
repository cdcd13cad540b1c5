-- One row an e-mail, phone or address that records of many different names hold.
-- Typing errors make two names of one, so only their first letters count.
with held as (
    select 'emails' as field, same_as as value, hash(same_as) as place, record_id from record_email
    union all
    select 'phones', value, hash(value), record_id from record_phone
    union all
    select 'addresses', concat_ws('|', street_key, number, coalesce(city_key, postcode)), hash(street_key, number, coalesce(city_key, postcode)), record_id
    from record_address where street_key is not null
),
-- Few values are held often enough to be asked who holds them; numbers are counted faster than text.
often as materialized (
    select place from held group by place having count(*) >= $shared_from
)
select field, value,
       greatest(
           count(distinct left(coalesce(family_key, organization_key), 3)),
           case when field = 'emails' then count(distinct left(given_key, 1)) else 0 end
       ) as parties
from held semi join often using (place) join standard_record using (record_id)
group by field, value
having parties >= $shared_from
