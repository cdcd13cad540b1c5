-- One row a customer of a published generation that refused marketing: the record that said so, and when.
select customer_id, source, source_key, rule, as_of from read_parquet($folder || '/lineage.parquet')
where field = 'consent_marketing' and value = 'no' and source is not null
order by customer_id
