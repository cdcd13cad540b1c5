-- One row a blocking rule whose budget does not open all blocks: of how many records those are that it leaves closed.
with size as (
    select rule, records, sum(records * (records - 1) // 2) as pairs from block_size group by rule, records
),
spent as (
    select rule, records, sum(pairs) over (partition by rule order by records) as pairs from size
)
select rule, min(records) as records from spent where records > $always and pairs > $budget group by rule
