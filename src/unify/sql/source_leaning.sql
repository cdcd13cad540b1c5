-- One row a source whose records, where they are certain of their kind, are nearly all of one.
select source_record.source, mode(party_kind.kind) as kind
from party_kind
join written_party using (written)
join source_record using (record_id)
where kind_certainty >= $certain
group by source_record.source
having count(*) >= $enough
    and greatest(count(*) filter (where party_kind.kind = 'person'), count(*) filter (where party_kind.kind = 'organization'))
        >= $nearly_all * count(*)
