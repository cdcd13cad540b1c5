-- One row a value of which a customer is offered several, or one by several records: how many records hold it, and whether they
-- write it in several ways. A record may hold an address twice.
with several as (
    select customer_id, field_group from candidate group by all having count(*) > 1
)
select customer_id, field_group, same,
       count(*) filter (field_group <> 'address') + count(distinct record_id) filter (field_group = 'address') as holders,
       min(value) <> max(value) as varied
from candidate semi join several using (customer_id, field_group)
group by all
