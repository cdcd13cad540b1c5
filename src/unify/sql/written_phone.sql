-- One row a phone value of a record, as written, with the country it is read as of: that of the record's address.
with entry as (
    select record_id, unnest(phones) as entry, generate_subscripts(phones, 1) as position from source_record
),
-- Few addresses lie abroad: only their records are looked up.
abroad as (
    select record_id, min_by(country, position) as country
    from record_address semi join (select record_id from record_address where country <> $country) using (record_id)
    where country is not null group by record_id
)
select record_id, position, entry.label, coalesce(abroad.country, $country) as context, entry.value as written
from entry left join abroad using (record_id)
