-- One row a link between contested records: what it says counts for and against, whether or not it can join by itself.
select l.turn as a, r.turn as b, match_probability, match_weight, parted and match_probability < $threshold as parted
from numbered_link
join contested_item as l on l.item = numbered_link.a
join contested_item as r on r.item = numbered_link.b
join component as cl on cl.item = l.item
join component as cr on cr.item = r.item and cr.component = cl.component
order by match_weight desc, a, b
