-- One row a source with enough names in one column that the lists alone can order: the name that nearly all begin with, or null.
with told as (
    select source, if(one.given[1] = 1, 'given', 'family') as custom
    from known_name
    join name_order as one on one.leans = known_name.leans and one.letters = known_name.letters and one.custom = 'given'
    join name_order as other on other.leans = known_name.leans and other.letters = known_name.letters and other.custom = 'family'
    where one.given = other.given
)
select source, if(greatest(count(*) filter (where custom = 'given'), count(*) filter (where custom = 'family')) >= $nearly_all * count(*), mode(custom), null) as custom
from told group by source having count(*) >= $enough
