-- One row a distinct written date of a source, by field.
select distinct source_record.source, written_value.field, written_value.written
from written_value join source_record using (record_id)
where written_value.field in ('birth_date', 'updated')
order by source, field, written
