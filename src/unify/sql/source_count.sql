-- One row the source at hand: what became of the rows that were read.
select $source as source,
       count(*) + $unreadable as rows_read,
       count(*) filter (where reason is null) as records,
       count(*) filter (where reason is not null) + $unreadable as set_aside
from verdict
