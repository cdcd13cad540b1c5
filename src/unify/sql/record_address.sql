-- One row an address of a record, in standard form.
select record_id, position, label, street, number, city, region, postcode, country, street_key, city_key
from written_value join standard_address using (written)
where field = 'addresses'
