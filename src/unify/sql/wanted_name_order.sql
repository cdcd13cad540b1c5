-- One row a distinct run of leans: how far each word of a name is a given or a family name.
select distinct leans, letters from known_name
