-- One row a record of a customer.
select record_id, source, source_key, match_probability, joined_by from crosswalk where customer_id = $customer order by record_id
