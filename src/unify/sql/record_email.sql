-- One row an e-mail of a record, in standard form: each address once, the first label it is written with.
with found as (
    select * exclude (written) from settled_email where value is not null
    union all by name
    select record_id, position, label, standard_email.* exclude (written, reason)
    from settled_email join standard_email using (written)
    where settled_email.value is null and standard_email.value is not null
),
several as (
    select record_id from found group by record_id having count(*) > 1
)
select record_id, position, label, value, same_as, valid, role, free_provider, pec from found anti join several using (record_id)
union all
select record_id, min(position), min_by(label, position), value, any_value(same_as), any_value(valid), any_value(role), any_value(free_provider), any_value(pec)
from found semi join several using (record_id)
group by record_id, value
