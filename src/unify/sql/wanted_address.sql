-- One row a distinct address that holds town and postcode in its street.
select distinct street, house_number, region, postcode, country from written_address where whole
