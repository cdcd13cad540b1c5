-- One row a block that a fitted model opens.
select rule, block, records from block_size where records <= list_extract($opened_to, rule + 1)
