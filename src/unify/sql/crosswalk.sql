-- One row a record, naming the customer it belongs to.
select customer_id, source, source_key, record_id, cluster.match_probability, joined_by
from standard_record
join cluster using (record_id)
join customer using (cluster)
order by record_id
