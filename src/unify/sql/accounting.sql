-- One row a source whose rows are not all accounted for: there must be none.
with held as (select source, count(*) as records from crosswalk group by source),
aside as (select source, count(*) as set_aside from set_aside group by source)
select source, rows_read, coalesce(held.records, 0) as records, coalesce(aside.set_aside, 0) as set_aside
from source_count
left join held using (source)
left join aside using (source)
where rows_read <> coalesce(held.records, 0) + coalesce(aside.set_aside, 0)
order by source
