-- One row a block of more than one record: how many they are.
select rule, block, count(*) as records from block_member group by rule, block having count(*) > 1
