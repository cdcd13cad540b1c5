-- One row an address in its place, its street cut before a plain house number (or behind it, where it is written so).
-- `line` is what is left to judge: there are many houses, and few streets.
with placed as materialized (
    select record_id, position, label, street, house_number, standard_city, standard_region, standard_postcode, code, city_key, quarter, named,
           case
               when list_contains($number_first, code) then
                   if(house_number = '', regexp_extract(street, '^[1-9][0-9]{0,4}'), regexp_extract(house_number, '^[1-9][0-9]{0,4}$'))
               else regexp_extract(if(house_number = '', street, house_number), '[1-9][0-9]{0,4}(?:/?[A-Za-z])?$')
           end as digits,
           if(house_number <> '', if(digits = house_number, street || ' ', ''), if(ends_with(street, digits), left(street, -length(digits)), ' ' || substr(street, length(digits) + 1))) as beside
    from written_address join standard_place using (city, region, postcode, country)
    where not whole
),
-- What stands beside the number is the same at many doors, and judged once.
cut as (
    select beside, coalesce(nullif(regexp_extract(beside, '^(' || $letters || ')(?: *, *| +)' || $sign || '?$', 1), ''), regexp_extract(beside, '^ (?: *, *| +)(' || $letters || ')$', 1)) as name
    from (select distinct beside from placed where digits <> '')
    where not regexp_matches(beside, $not_plain)
)
select record_id, position, label, standard_city, standard_region, standard_postcode, code, city_key, quarter, named,
       if(name <> '', name, street) as line, if(name <> '', '', house_number) as house_number,
       if(name <> '', upper(regexp_replace(digits, '([0-9])/?([A-Za-z])$', '\1/\2')), null) as number
from placed left join cut on digits <> '' and cut.beside = placed.beside
