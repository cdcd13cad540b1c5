-- One row a record of a published generation: the customer it belongs to.
select record_id, customer_id from crosswalk order by record_id
