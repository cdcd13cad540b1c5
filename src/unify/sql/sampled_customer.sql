-- One row: how many customers there are, by kind, before any value is chosen.
with customer as (
    select customer_id, count(*) as records, mode(kind order by kind) as kind from crosswalk join standard_record using (record_id) group by customer_id
)
select count(*) as customers,
       count(*) filter (where kind = 'person') as person,
       count(*) filter (where kind = 'organization') as organization,
       coalesce(max(records), 0) as largest
from customer
