-- One row a kind: the model that a generation was compared by.
select * from linkage_model order by kind
