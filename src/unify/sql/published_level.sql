-- One row a level of a kind's model that a generation was compared by, in the model's order.
select * from linkage_level where kind = $kind order by place, number >= 0, number desc
