-- One row a thing that happened to a customer id, or that led to it.
select customer_id, event, other_customer_id, run_id, "at" from events
where customer_id = $customer or other_customer_id = $customer
order by "at", customer_id, event
