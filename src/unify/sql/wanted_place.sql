-- One row a distinct place of written addresses.
select distinct city, region, postcode, country from written_address where not whole
