-- One row a customer of two generations and field of which they hold different values.
with before as (from read_parquet($before || '/golden_customers.parquet')),
now as (from read_parquet($now || '/golden_customers.parquet')),
valued_before as (
    from (select customer_id, columns(* exclude (customer_id))::VARCHAR from before)
    unpivot (value for field in (columns(* exclude (customer_id))))
),
valued_now as (
    from (select customer_id, columns(* exclude (customer_id))::VARCHAR from now)
    unpivot (value for field in (columns(* exclude (customer_id))))
)
select customer_id, field, b.value as before, n.value as now
from valued_before as b full join valued_now as n using (customer_id, field)
where b.value is distinct from n.value
  and customer_id in (select customer_id from before) and customer_id in (select customer_id from now)
order by customer_id, field
