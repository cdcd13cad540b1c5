-- One row a phone of a record, in standard form: each number once, the first label it is written with.
with found as (
    select record_id, position, label, value, type, valid, null as extension, null as completed
    from written_phone join settled_phone on settled_phone.id = written_phone.rowid
    where value is not null
    union all
    select record_id, position, label, value, type, valid, extension, completed
    from written_phone join standard_phone using (context, written)
    where value is not null
),
several as (
    select record_id from found group by record_id having count(*) > 1
)
select record_id, position, label, value, type, valid, extension, completed from found anti join several using (record_id)
union all
select record_id, min(position), min_by(label, position), value, any_value(type), bool_or(valid), min_by(extension, position), any_value(completed)
from found semi join several using (record_id)
group by record_id, value
