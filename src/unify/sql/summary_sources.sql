-- One row a source: what became of the rows that were read.
select source, rows_read, records, set_aside,
       (select count(*) from set_aside as aside where aside.source = source_count.source and reason = 'erased') as erased
from source_count order by source
