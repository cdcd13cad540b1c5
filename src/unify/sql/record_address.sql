-- One row an address of a record, in standard form.
select record_id, position, label, if(cut_address.number is null, standard_street.street, before || cut_address.number || after) as street,
       coalesce(cut_address.number, standard_street.number) as number, standard_city as city, standard_region as region,
       standard_postcode as postcode, if(cut_address.named or standard_street.named, nullif(code, ''), null) as country, street_key, city_key,
       coalesce(locality, quarter) as locality, care_of, postal_box
from cut_address join standard_street using (line, house_number, code)
union all
select record_id, position, label, standard_street, number, standard_city, standard_region, standard_postcode, standard_country, street_key, city_key,
       locality, care_of, postal_box
from written_address join standard_address using (street, house_number, region, postcode, country)
where whole
