-- One row a record: all that tells whom it names. A name of either kind beside a person's own is the employer's, unless it is
-- the person's once more.
with said as (
    select *, given_name is not null or family_name is not null as personal,
           string_split(lower(concat_ws(' ', given_name, family_name)), ' ') as words, string_split(lower(any_name), ' ') as whole
    from source_record
),
judged as (
    select *, coalesce(personal and list_has_all(whole, words) and (given_name is null or family_name is null or len(whole) = len(words)), false) as repeated
    from said
)
select record_id, source, kind, coalesce(full_name, if(repeated, any_name, null)) as full_name, if(personal, null, any_name) as any_name,
       name_prefix, given_name, middle_name, family_name, name_suffix,
       coalesce(organization, if(personal and not repeated, any_name, null)) as organization
from judged
