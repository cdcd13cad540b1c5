-- One row a record of the cases: all that it holds, in standard form; several values of a field in their order.
with email as (select record_id, string_agg(value, '; ' order by position) as emails from record_email semi join asked_record using (record_id) group by record_id),
phone as (select record_id, string_agg(value, '; ' order by position) as phones from record_phone semi join asked_record using (record_id) group by record_id),
address as (
    select record_id, string_agg(street, '; ' order by position) as street, string_agg(city, '; ' order by position) as city,
           string_agg(region, '; ' order by position) as region, string_agg(postcode, '; ' order by position) as postcode,
           string_agg(country, '; ' order by position) as country
    from record_address semi join asked_record using (record_id) group by record_id
)
select * from standard_record semi join asked_record using (record_id)
left join email using (record_id) left join phone using (record_id) left join address using (record_id)
order by record_id
