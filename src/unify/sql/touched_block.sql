-- One row a block that a touched record is in or was in: by how many records it grew.
select rule, block, sum(came)::BIGINT as grown, count(*) filter (where came = 1) as came from touched_member group by rule, block
