-- One row a golden value of a customer, with the record it came from and the rule it won by.
select field, value, source, source_key, rule, as_of from lineage where customer_id = $customer order by field, value
