-- One row a distinct written e-mail value that only the library can judge.
select distinct written from settled_email where value is null
