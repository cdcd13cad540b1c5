-- One row a distinct written phone, and the country it is read as of, in which SQL found no number: only the library can tell.
select distinct context, written
from written_phone
anti join (select id from settled_phone where value is not null) as settled on settled.id = written_phone.rowid
