-- One row a thing that happened for ever, as a published generation tells it.
select customer_id, event, other_customer_id, run_id, "at" from read_parquet($folder || '/events.parquet')
where event <> 'changed' order by "at", customer_id, event, other_customer_id
