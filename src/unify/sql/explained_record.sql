-- One row a record of a customer: what joined it, what it was taken for, and the identifier of its own.
select record_id, customer_id, joined_by, kind, kind_certainty, identity
from crosswalk join record_kind using (record_id)
where customer_id = $customer order by record_id
