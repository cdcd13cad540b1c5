-- One row a source whose records, where they are certain of their kind, are nearly all of one; a few of many prove nothing.
with certain as (
    select record_id, kind from plain_person
    union all
    select record_id, kind from party_kind join written_party using (written) where kind_certainty >= $certain
),
size as (
    select source, count(*) as records from source_record group by source
)
select source_record.source, mode(certain.kind) as kind
from certain
join source_record using (record_id)
join size on size.source = source_record.source
group by source_record.source
having count(*) >= $enough and count(*) >= $share * any_value(size.records)
    and greatest(count(*) filter (where certain.kind = 'person'), count(*) filter (where certain.kind = 'organization'))
        >= $nearly_all * count(*)
