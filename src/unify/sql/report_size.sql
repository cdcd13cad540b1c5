-- One row a number of records: how many customers have so many.
select records, count(*) as customers from golden_customers group by records order by records
