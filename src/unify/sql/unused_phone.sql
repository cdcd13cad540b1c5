-- One row a written phone value of a record that holds no number, and why.
select record_id, 'phones' as field, reason
from written_phone
anti join (select id from settled_phone where value is not null) as settled on settled.id = written_phone.rowid
join standard_phone using (context, written)
where standard_phone.value is null
