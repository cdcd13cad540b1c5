-- One row a cluster and published customer that share records: how many.
select cluster, customer_id, count(*) as records
from cluster join published_crosswalk on now_record = cluster.record_id
group by cluster, customer_id
order by cluster, customer_id
