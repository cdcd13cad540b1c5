-- One row a source and reason: how many rows were set aside, and the first of them.
select source, reason, count(*) as rows, min(location) as location, arg_min(content, location) as content
from set_aside
group by source, reason
order by source, rows desc, reason
