-- One row a phone of a record, in standard form: each number once, the first label it is written with.
with home as (
    select record_id, min_by(country, position) as country from record_address where country is not null group by record_id
)
select record_id, min(position) as position, min_by(label, position) as label, value, any_value(type) as type, bool_or(valid) as valid
from written_value
left join home using (record_id)
join standard_phone on standard_phone.written = written_value.written
    and standard_phone.context = coalesce(home.country, $country)
where field = 'phones' and standard_phone.value is not null
group by record_id, value
