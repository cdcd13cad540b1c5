-- One row: the living customer of a customer id, a former id, or a record id.
select customer_id from golden_customers where customer_id = upper($asked)
union all
select customer_id from aliases where old_id = upper($asked)
union all
select customer_id from crosswalk where record_id = $asked
limit 1
