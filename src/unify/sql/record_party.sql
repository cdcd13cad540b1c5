-- One row a record: whom it names, in standard form, and of which kind that is.
select * from plain_person
union all by name
select record_id, standard_party.* exclude (written, leaning)
from written_party
join source_record using (record_id)
left join source_leaning using (source)
join standard_party on standard_party.written = written_party.written
    and standard_party.leaning is not distinct from source_leaning.kind
