-- One row an address in its place, its street cut before a plain house number (or behind it, where it is written so).
-- `line` is what is left to judge: there are many houses, and few streets.
with placed as (
    select record_id, position, label, street, house_number, standard_place.* exclude (city, region, postcode, country),
           case
               when regexp_matches(street, $not_plain) then 'doubtful'
               when house_number <> '' then if(regexp_full_match(street, $letters), 'apart', 'doubtful')
               when list_contains($number_first, code) then 'first'
               else 'last'
           end as number_is
    from written_address join standard_place using (city, region, postcode, country)
    where not whole
),
parted as materialized (
    select *,
           case number_is
               when 'apart' then {'name': street, 'number': house_number}
               when 'first' then regexp_extract(street, '^()([0-9]+)(?: *, *| +)' || $letters || '$', ['name', 'number'])
               when 'last' then regexp_extract(street, '^(' || $letters || ')(?: *, *| +)' || $sign || '?([0-9]+(?:/?[A-Za-z])?)$', ['name', 'number'])
           end as part
    from placed
),
judged as (
    select * exclude (part), part.number, if(number_is = 'first', ltrim(substr(street, length(part.number) + 1), ' ,'), part.name) as name,
           coalesce(regexp_full_match(part.number, if(list_contains($number_first, code), '[1-9][0-9]{0,4}', '[1-9][0-9]{0,4}(?:/?[A-Za-z])?')), false) as cut
    from parted
)
select record_id, position, label, standard_city, standard_region, standard_postcode, code, city_key, named,
       if(cut, name, street) as line, if(cut, '', house_number) as house_number,
       if(cut, upper(regexp_replace(number, '([0-9])/?([A-Za-z])$', '\1/\2')), null) as number
from judged
