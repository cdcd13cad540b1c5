-- One row a source with enough records that are certain of their kind (a few of many prove nothing): the kind that nearly all are of,
-- or null where there is none.
with certain as (
    select record_id, kind from plain_person
    union all
    select record_id, kind from written_party join standard_party using (written) where kind_certainty >= $certain
),
size as (
    select source, count(*) as records from source_record group by source
)
select source_record.source,
       case
           when count(*) filter (where certain.kind = 'person') >= $people * count(*) then 'person'
           when count(*) filter (where certain.kind = 'organization') >= $firms * count(*) then 'organization'
       end as kind
from certain
join source_record using (record_id)
join size on size.source = source_record.source
group by source_record.source
having count(*) >= $enough and count(*) >= $share * any_value(size.records)
