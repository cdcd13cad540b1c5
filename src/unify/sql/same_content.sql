-- One row a published record and the one of the same source that says the very same under another key: one to one, in the order of keys.
with left_behind as (
    select record_id, source, then_content as content, row_number() over (partition by source, then_content order by record_id) as turn
    from changed_key left join strange_key as strange using (record_id)
    where then_content is not null and then_told and (now_content is null or strange.record_id is not null)
),
arrived as (
    select record_id, source, now_content as content, row_number() over (partition by source, now_content order by record_id) as turn
    from changed_key left join strange_key as strange using (record_id)
    where now_content is not null and (then_content is null or strange.record_id is not null)
)
select left_behind.record_id as then_record, arrived.record_id as now_record
from left_behind join arrived using (source, content, turn)
