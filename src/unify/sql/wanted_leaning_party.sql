-- One row a distinct written party that is not certain of its kind, and the kind that its source leans to.
select distinct written, source_leaning.kind as leaning
from written_party
join standard_party using (written)
join source_record using (record_id)
join source_leaning using (source)
where kind_certainty < $certain and source_leaning.kind is not null
