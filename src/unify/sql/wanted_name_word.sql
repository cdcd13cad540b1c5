-- One row a distinct word of the names that stand in one column.
select first as written from whole_name
union
select second from whole_name
union
select third from whole_name where third is not null
