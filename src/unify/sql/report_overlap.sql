-- One row two sources that know customers in common, a source with itself first: how many they are.
with known as (select distinct customer_id, source from crosswalk)
select one.source as one, other.source as other, count(*) as customers
from known as one
join known as other using (customer_id)
where one.source <= other.source
group by all
order by all
