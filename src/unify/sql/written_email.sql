-- One row an e-mail value of a record, as written.
select record_id, position, entry.label, entry.value as written
from (select record_id, unnest(emails) as entry, generate_subscripts(emails, 1) as position from source_record)
