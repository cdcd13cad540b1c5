-- One row a scored pair: one that stands as it was scored, its records in their places of now, or one that was scored again.
select l.now as l, r.now as r, pair.* exclude (l, r)
from query_table($pairs) as pair
join still_there as l on l.was = pair.l
join still_there as r on r.was = pair.r
union all by name
select * from scored
