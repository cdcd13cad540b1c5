-- One row a record whose name stands in one column, every word of it in the lists of names, given and family names among them.
select record_id, source, letters, one, two, three,
       concat_ws(' ', one.lean, two.lean, three.lean) as leans
from whole_name
join name_word as one on one.written = first
join name_word as two on two.written = second
left join name_word as three on three.written = third
where one.known and two.known and (third is null or three.known)
    and (one.given or two.given or coalesce(three.given, false)) and (one.family or two.family or coalesce(three.family, false))
