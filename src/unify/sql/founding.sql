-- One row a cluster: the smallest record id in it.
select cluster, min(record_id) as founding_record from cluster group by cluster order by cluster
