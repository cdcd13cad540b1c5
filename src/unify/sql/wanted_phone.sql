-- One row a distinct written phone, and the country it is read as of, that SQL left to the library.
select distinct context, written from written_phone anti join settled_phone on settled_phone.id = written_phone.rowid
