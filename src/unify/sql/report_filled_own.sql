-- One row a field of one's own: of how many records it is filled.
select field, count(*) as filled
from (select unnest(map_entries(own), recursive := true) from standard_record) as entries(field, written)
where written is not null
group by field
order by field
