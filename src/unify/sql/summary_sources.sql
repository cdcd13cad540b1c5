-- One row a source: what became of the rows that were read.
select source, rows_read, records, set_aside from source_count order by source
