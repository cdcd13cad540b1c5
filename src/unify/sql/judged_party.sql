-- One row a distinct written party and leaning of its source, with the kind that the party tells by itself.
select distinct written, source_leaning.kind as leaning, party_kind.kind, kind_certainty, kind_reason
from written_party
join source_record using (record_id)
join party_kind using (written)
left join source_leaning using (source)
order by written, leaning
