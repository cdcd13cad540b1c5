-- One row: how many customers there are, by kind.
select count(*) as customers,
       count(*) filter (where kind = 'person') as person,
       count(*) filter (where kind = 'organization') as organization,
       coalesce(max(records), 0) as largest
from golden_customer
