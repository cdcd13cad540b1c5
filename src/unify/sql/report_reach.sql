-- One row a kind: how many customers can be reached, by what.
select
    kind, count(*) as customers,
    count(email) as email, count(phone) as phone,
    count(*) filter (where street is not null and coalesce(city, postcode) is not null) as post,
    count(*) filter (where coalesce(email, phone) is null and (street is null or coalesce(city, postcode) is null)) as nothing
from golden_customers
group by kind
order by kind desc
