-- One row a block that is opened: of each rule the smaller ones first, as long as the rule's pairs stay within the budget.
with block as (
    select rule, block, count(*) as records from block_member group by rule, block having count(*) > 1
),
size as (
    select rule, records, sum(records * (records - 1) // 2) as pairs from block group by rule, records
),
spent as (
    select rule, records, sum(pairs) over (partition by rule order by records) as pairs from size
)
select rule, block, records from block join spent using (rule, records)
where records <= $largest and (records <= $always or pairs <= $budget)
