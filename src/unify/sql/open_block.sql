-- One row a block that is opened: of each rule the smaller ones first, as long as the rule's pairs stay within the budget.
-- Larger ones can teach the model what pairs are like of which not all are worth scoring.
with size as (
    select rule, records, sum(records * (records - 1) // 2) as pairs from block_size group by rule, records
),
spent as (
    select rule, records, sum(pairs) over (partition by rule order by records) as pairs from size
)
select rule, block, records, records <= $always or pairs <= $budget as for_scoring
from block_size join spent using (rule, records)
where records <= list_extract($largest, rule + 1) and (records <= $always or pairs <= $widest)
