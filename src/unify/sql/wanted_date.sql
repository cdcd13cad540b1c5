-- One row a distinct written date that needs words, zones, serial numbers or a reason why it is none, and the order it is read in.
select distinct field, "order", written
from ordered_date
anti join settled_date using (source, field, written)
