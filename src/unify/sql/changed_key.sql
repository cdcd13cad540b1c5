-- One row a record of either generation whose key the other one does not hold, or holds with other content: what it says, and where
-- else in its source the very same stands now.
with known as (
    select record_id, source, content, told from was_published join then_content using (record_id)
),
found as (
    select record_id, source, content, told from standard_record join now_content using (record_id)
),
differing as (
    select coalesce(known.record_id, found.record_id) as record_id, coalesce(known.source, found.source) as source,
           known.content as then_content, found.content as now_content, coalesce(known.told, false) as then_told
    from known full join found using (record_id)
    where known.content is distinct from found.content
),
written as (
    select source, now_content as content, count(*) as records from differing where now_content is not null group by all
),
once as (
    select source, then_content as content from differing where then_content is not null group by all having count(*) = 1
)
select differing.*, then_told and once.content is not null and coalesce(written.records, 0) = 1 as stands_elsewhere
from differing
left join written on written.source = differing.source and written.content = then_content
left join once on once.source = differing.source and once.content = then_content
