-- One row a block that a touched record is in or was in: how many records it has and had, and whether it was opened and is.
with sized as (
    select rule, block, any_value(grown) as grown, any_value(came) as came, count(place) as records
    from touched_block left join seen_member using (rule, block) group by rule, block
)
select rule, block, records, records - grown as had, records - came as untouched,
       had <= list_extract($opened_to, rule + 1) as was_open, records <= list_extract($opened_to, rule + 1) as is_open
from sized
