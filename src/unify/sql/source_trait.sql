-- One row a source and trait on which all batches of this load agree: how the source writes.
select source, trait, min(value) as value from arrived_trait group by source, trait having count(distinct value) = 1
