-- One row a person's record: its name as it is compared. What the record lacks, its e-mail lends.
with given as (
    select replace(given_key, ' ', '') as letters, mode(given_key order by given_key) as key,
           any_value(given_forms order by given_key) as forms, bool_or(given_common) as common
    from person_party where of_kind and given_key is not null group by letters
),
family as (
    select replace(family_key, ' ', '') as letters, mode(family_key order by family_key) as key
    from person_party where of_kind and family_key is not null group by letters
),
joined as (
    -- A name that is written stays, unless it is an initial, or a lone word in the wrong column.
    select record_id, of_kind, other_kind, lent_name.record_id is not null as lent,
           case when lent then lent_name.given_key else person.given_key end as given_key,
           coalesce(lent_name.family_key, person.family_key) as family_key, person.given_key as written_given
    from person_party as person
    left join lent_name using (record_id)
),
spelt as (
    -- An e-mail knows no blanks: how the lent name is written, the others tell.
    select record_id, of_kind, other_kind, lent, given.forms, given.common,
           case when lent and given_key is distinct from written_given then coalesce(given.key, given_key) else given_key end as given_key,
           case when lent then coalesce(family.key, family_key) else family_key end as family_key
    from joined
    left join given on given.letters = replace(given_key, ' ', '')
    left join family on family.letters = replace(family_key, ' ', '')
)
select record_id, (row_number() over (order by record_id) - 1)::INTEGER as place, of_kind, other_kind, lent, given_key, family_key, nullif(concat_ws(' ', given_key, family_key), '') as name_key,
       replace(given_key, ' ', '') as given_letters, replace(family_key, ' ', '') as family_letters,
       coalesce(forms, case when given_key is not null then [given_key] end) as given_forms, coalesce(common, false) as given_common
from spelt
