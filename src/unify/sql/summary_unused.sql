-- One row a source, field and reason: how many written values say nothing, and why.
select * from unused_value order by source, field, reason
