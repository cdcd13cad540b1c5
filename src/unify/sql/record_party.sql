-- One row a record: whom it names, in standard form, and of which kind that is.
with led as (
    select record_id, leaning_party.* exclude (written, leaning)
    from written_party
    join source_record using (record_id)
    join source_leaning using (source)
    join leaning_party on leaning_party.written = written_party.written and leaning_party.leaning = source_leaning.kind
)
select * from plain_person
union all by name
select * from led
union all by name
select record_id, standard_party.* exclude (written)
from written_party
anti join led using (record_id)
join standard_party using (written)
