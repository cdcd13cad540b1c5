-- One row a distinct written value of the fields at hand.
select distinct field, written from written_value where list_contains($fields, field) order by field, written
