-- One row a source, field and reason: how many written values say nothing, and why.
with unused as (
    select * from unused_email
    union all
    select * from unused_phone
    union all
    select * from unused_date
    union all
    select * from unused_word
)
select source, field, reason, count(*) as values
from unused join source_record using (record_id)
group by source, field, reason order by source, field, reason
