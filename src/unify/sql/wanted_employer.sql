-- One row a distinct organisation named in a record.
select distinct organization as written from named_record where organization is not null
