-- One row a customer and field that a steward set: the latest word on any of its records. Without a value, the field has none.
select customer_id, field, nullif(arg_max(value, turn), '') as value, arg_max(said_at, turn) as said_at
from stated join crosswalk using (record_id)
group by customer_id, field
