-- One row two names, employers or addresses of a customer that are one letter apart, and how many records hold each.
with several as (
    select customer_id, field_group, same, holders from held_value where list_contains($groups, field_group) and same <> ''
    qualify count(*) over (partition by customer_id, field_group) > 1
)
select customer_id, field_group, one.same as written, one.holders as held, other.same as "of", other.holders as held_of
from several as one
join several as other using (customer_id, field_group)
where one.same <> other.same
    and abs(length(one.same) - length(other.same)) <= 1
    and damerau_levenshtein(one.same, other.same) = 1
    and regexp_replace(one.same, '\D', '', 'g') = regexp_replace(other.same, '\D', '', 'g')
order by all
