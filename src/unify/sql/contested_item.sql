-- One row a record of a component in which something may stand against joining it all, numbered anew.
-- A steward's word, kinds or identifiers that differ, a pair that was compared and differs, or groups that a bridge could join.
with linked as (
    select component from component join decided_item using (item)
    union
    select component from component join cluster_item using (item) group by component having count(distinct identity) > 1 or count(distinct kind) > 1 or count(*) >= $large
    union
    select l.component from numbered_link
    join component as l on l.item = a
    join component as r on r.item = b and r.component = l.component
    where match_weight <= $conflict or (parted and match_probability < $threshold)
)
select item, row_number() over (order by item) - 1 as turn, identity, kind
from component join linked using (component) join cluster_item using (item)
