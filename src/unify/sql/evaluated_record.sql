-- One row a published record: its customer, and what kind that is.
select crosswalk.source, crosswalk.source_key, crosswalk.customer_id, golden_customers.kind
from crosswalk join golden_customers using (customer_id)
