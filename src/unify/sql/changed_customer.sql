-- One row a customer whose golden row differs from the published one.
with published as (
    select customer_id, md5(row::VARCHAR) as content from (select p.customer_id, p as row from read_parquet($file) as p)
),
candidate as (
    select customer_id, md5(row::VARCHAR) as content from (select n.customer_id, n as row from now_published as n)
)
select customer_id from candidate join published using (customer_id)
where candidate.content <> published.content
order by customer_id
