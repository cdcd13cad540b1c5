-- One row a record of a published generation: the customer it belongs to.
select record_id, customer_id from read_parquet($folder || '/crosswalk.parquet') order by record_id
