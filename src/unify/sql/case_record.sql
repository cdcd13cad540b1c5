-- One row a record of the customers that cases are about.
select customer_id, record_id, source, source_key, fingerprint
from crosswalk semi join asked_customer using (customer_id) join record_fingerprint using (record_id) order by customer_id, record_id
