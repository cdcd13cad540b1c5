-- One row a place, those where most customers are first. `level`: the column of the place.
select
    place, count(*) as customers,
    count(*) filter (where kind = 'person') as people,
    count(*) filter (where kind = 'organization') as organizations
from (select kind, case $level when 'region' then region when 'city' then city else country end as place from golden_customers)
where place is not null
group by place
order by customers desc, place
limit $most
