-- One row a distinct written date of a source, by field.
select distinct source, field, written
from (
    select source, 'birth_date' as field, birth_date as written from source_record
    union all
    select source, 'updated', updated from source_record
)
where written is not null
