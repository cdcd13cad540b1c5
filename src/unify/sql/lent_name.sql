-- One row a person's record that lacks a name: the names that its own e-mail is made of, to be compared in its place.
-- Which part is which, the names of all records tell, and the lists of names; a name that is written guides the reading.
with party as (
    select record_id, of_kind, given_key, replace(given_key, ' ', '') as g, replace(family_key, ' ', '') as f, given_forms from person_party
),
given as (
    select name, sum(times) as times from (
        select g as name, count(*) as times from party where of_kind and length(g) >= 3 group by g
        union all select unnest($given_names), unnest($given_grades)
    ) group by name
),
family as (
    select name, sum(times) as times from (
        select f as name, count(*) as times from party where of_kind and length(f) >= 3 group by f
        union all select unnest($family_names), unnest($family_grades)
    ) group by name
),
read_party as (
    -- Pier Paolo is a given name in two words.
    select record_id, given_key, given_forms, coalesce(given.times > 3 * family.times, false) as two_words,
           case when two_words then g || f else g end as g, case when two_words then null else f end as f
    from party
    left join given on given.name = f and g is not null
    left join family on family.name = f
),
plain_given as (
    select name from given left join family using (name) where length(name) >= 4 and given.times > 3 * coalesce(family.times, 0)
),
lacking as (
    select read_party.*, same_as, regexp_replace(split_part(same_as, '@', 1), '[0-9]', '', 'g') as local
    from read_party
    join record_email using (record_id)
    -- A mailbox that is a given name and no more lends no other.
    anti join plain_given on plain_given.name = regexp_replace(split_part(same_as, '@', 1), '[^a-z]', '', 'g')
    left join shared_value on shared_value.field = 'emails' and shared_value.value = same_as
    where (coalesce(length(g), 0) < 2 or f is null) and not role and shared_value.value is null and length(same_as) < 60
),
split as (
    -- The mailbox of a household names the family alone.
    select *, list_filter(string_split_regex(local, '[^a-z]+'), lambda word: word <> '' and not list_contains($household, word)) as words,
           list_filter($household, lambda word: starts_with(local, word)) as household
    from lacking
),
parted as (
    select * exclude (words, local, household), len(words) > 1 as parted, unnest(case
        when household <> [] then [['', replace(array_to_string(words, ''), household[1], '')]]
        when len(words) = 1 then list_transform(range(1, length(words[1])), lambda size: [left(words[1], size), substr(words[1], size + 1)])
        when len(words) = 2 then [words]
        when len(words) = 3 then [[words[1] || words[2], words[3]], [words[1], words[2] || words[3]]]
        else [] end) as parts
    from split
),
reading as (
    select * exclude (parts), parts[1] as given_part, parts[2] as family_part from parted
    union all
    select * exclude (parts), parts[2], parts[1] from parted
),
weighed as (
    select record_id, same_as, parted, given_key, two_words, g, f, given_part, family_part,
           coalesce(given.times, 0) as given_times, coalesce(family.times, 0) as family_times,
           -- A lone word may stand in the wrong column.
           coalesce(given_part = g or list_contains(given_forms, given_part) or (f is null and family_part = g), false) as guided_by_given,
           coalesce(family_part = f or (g is null and given_part = f), false) as guided_by_family,
           coalesce(least(length(g), length(given_part)) = 1 and left(given_part, 1) = left(g, 1), false) as guided_by_initial,
           coalesce(length(family_part) = 1 and family_part = left(f, 1), false) as guided_by_family_initial
    from reading
    left join given on given.name = given_part
    left join family on family.name = family_part
),
fitting as (
    select *, given_times > 0 or length(given_part) = 1 or parted and length(given_part) >= 3 or guided_by_given or guided_by_family as known_given,
           ln(case when length(given_part) < 2 then 0.02 else (given_times + 0.01) / (select sum(times) from given) end)
               + ln((family_times + 0.01) / (select sum(times) from family))
               + case when guided_by_given or guided_by_family then 12 when guided_by_family_initial then 8 when guided_by_initial then 4 else 0 end
               as fit
    from weighed
    where (length(family_part) >= 3 or guided_by_family_initial and given_times > 0 and length(given_part) > 1) and case
        when guided_by_family_initial then true
        when guided_by_given or guided_by_family or given_part = '' then family_times > 0 or parted or length(family_part) >= 4
        when parted then family_times > 0 and length(given_part) <> 2 or length(family_part) >= 4 and (given_times > 0 or length(given_part) = 1)
        else family_times > 0 and (length(given_part) >= 3 and given_times > 0 or length(given_part) = 1 and length(family_part) >= 4)
        end
),
best as (
    select record_id, any_value(given_key) as given_key, any_value(two_words) as two_words, any_value(g) as g, any_value(f) as f,
           arg_max(
               {'given': case when known_given then given_part end, 'family': case when guided_by_family_initial then f else family_part end,
                'guided': guided_by_given or guided_by_family or guided_by_family_initial},
               -- A sum in another order differs in its last digits: alike is alike.
               {'fit': round(fit, 6), 'same_as': same_as, 'given_part': given_part, 'family_part': family_part}
           ) as read
    from fitting group by record_id
)
select record_id, case when length(g) > 1 and not two_words then given_key else coalesce(read.given, given_key) end as given_key,
       case when g is null or f is null then read.family else f end as family_key
from best
left join given on given.name = f
where not (two_words and read.given is distinct from g) and (f is null or g is not null or read.guided or given.name is not null)
