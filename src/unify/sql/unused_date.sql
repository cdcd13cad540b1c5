-- One row a written date of a record that stands for no day, and why.
with told as (
    select source, field, written, reason
    from ordered_date
    join standard_date using (field, "order", written)
    anti join settled_date using (source, field, written)
    where value is null
)
select record_id, field, reason
from source_record join told on told.source = source_record.source
    and told.written = case told.field when 'birth_date' then birth_date else updated end
