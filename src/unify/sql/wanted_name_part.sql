-- One row a distinct value in a column of given names or of family names.
select given_name as written from named_record where given_name is not null
union
select family_name from named_record where family_name is not null
