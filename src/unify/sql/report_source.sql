-- One row a source: its records, the customers that they are, and how many of these another source knows as well.
with known as (
    select customer_id, source, count(*) as records, count(*) over (partition by customer_id) as sources
    from crosswalk group by customer_id, source
)
select
    source, sum(records)::BIGINT as records, count(*) as customers,
    count(*) filter (where sources > 1) as elsewhere
from known
group by source
order by source
