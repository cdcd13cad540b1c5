-- One row a record (its place) whose pairs are looked for again.
select distinct place from touched_member where came = 1
union
select distinct place from seen_member semi join (
    -- Of two that were there before, a pair may be found no more, or only now.
    select rule, block from changed_block where was_open <> is_open and untouched > 1
) using (rule, block)
