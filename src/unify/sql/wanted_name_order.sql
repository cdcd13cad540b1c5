-- One row a distinct run of leans (how far each word of a name is a given or a family name), for each name that a source may
-- be known to write first, and for none.
select distinct leans, letters, custom from known_name cross join (values (''), ('given'), ('family')) as first(custom)
