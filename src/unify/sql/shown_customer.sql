-- One row: a golden customer.
select * from golden_customers where customer_id = $customer
