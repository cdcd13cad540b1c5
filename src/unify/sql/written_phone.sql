-- One row a distinct written phone, with the country it is read as of.
select distinct coalesce(home.country, $country) as context, written_value.written
from written_value
left join (select record_id, min_by(country, position) as country from record_address where country is not null group by record_id) as home
    using (record_id)
where field = 'phones'
order by context, written
