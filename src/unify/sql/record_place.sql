-- One row a record: its addresses as lists of keys, from the house outward. An empty list is null.
with located as (
    select record_address.*, street_key || '|' || number as house
    from record_address
)
select record_id,
       nullif(list_sort(list_distinct(flatten([
           list(house || '|' || city_key) filter (where house is not null and city_key is not null),
           list(house || '|' || postcode) filter (where house is not null and postcode is not null)
       ]))), []) as places,
       nullif(list_sort(list(distinct house) filter (where house is not null)), []) as houses,
       nullif(list_sort(list(distinct number) filter (where number <> 'SNC')), []) as numbers,
       nullif(list_sort(list(distinct street_key || '|' || city_key) filter (where street_key is not null and city_key is not null)), []) as streets,
       nullif(list_sort(list(distinct postcode) filter (where postcode is not null)), []) as postcodes,
       nullif(list_sort(list(distinct city_key) filter (where city_key is not null)), []) as cities,
       nullif(list_sort(list(distinct country) filter (where country is not null)), []) as countries
from located
semi join query_table($records) using (record_id)
where not list_contains($without, coalesce(label, ''))
group by record_id
