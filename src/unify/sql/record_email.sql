-- One row an e-mail of a record, in standard form: each address once, the first label it is written with.
select record_id, min(position) as position, min_by(label, position) as label, value, any_value(same_as) as same_as,
       any_value(valid) as valid, any_value(role) as role, any_value(free_provider) as free_provider, any_value(pec) as pec
from written_value join standard_email using (written)
where field = 'emails'
group by record_id, value
