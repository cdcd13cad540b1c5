-- One row a customer of this run.
select customer_id from customer
