-- One row a distinct street line, with the house number in a field of its own, as of a country.
select distinct line, house_number, code from cut_address
