-- One row a source of which records are published.
select distinct source from crosswalk order by source
