-- One row a written date or instant of a source that stands for one, read in the order its source proves.
select source, field, written, value from settled_date
union all
select source, field, written, value
from ordered_date
join standard_date using (field, "order", written)
anti join settled_date using (source, field, written)
where value is not null
