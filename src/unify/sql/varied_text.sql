-- One row a text that is one of several ways to write a value.
select distinct field_group, text from written_way order by all
