-- One row a distinct organisation named in a record.
select distinct organization as written from source_record where organization is not null order by written
