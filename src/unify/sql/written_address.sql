-- One row an address of a record, as written. What is missing is empty, so that it can be joined on.
-- `whole`: its street holds the postcode and the town as well, so that its parts cannot be judged one by one.
with entry as (
    select record_id, unnest(addresses) as entry, generate_subscripts(addresses, 1) as position from source_record
)
select record_id, position, entry.label,
       coalesce(entry.street, '') as street, coalesce(entry.house_number, '') as house_number, coalesce(entry.city, '') as city,
       coalesce(entry.region, '') as region, coalesce(entry.postcode, '') as postcode, coalesce(entry.country, '') as country,
       entry.city is null and coalesce(regexp_matches(entry.street, '[0-9]{5}'), false) as whole
from entry
