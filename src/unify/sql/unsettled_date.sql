-- One row a written date that needs words, zones, serial numbers or a reason why it is none.
select written_date.source, written_date.field, written_date.written, "order"
from written_date
join date_order using (source, field)
anti join settled_date using (source, field, written)
order by all
