-- One row a record: all that tells whom it names. A name of either kind beside a person's own is the employer's, unless it is
-- the person's once more; an organization alone is the name of who a steward says is a person.
with said as (
    select source_record.* exclude (kind), set_kind.kind as set_kind, coalesce(set_kind.kind, source_record.kind) as kind,
           given_name is not null or family_name is not null as personal,
           string_split(lower(concat_ws(' ', given_name, family_name)), ' ') as words, string_split(lower(any_name), ' ') as whole
    from source_record left join set_kind using (record_id)
),
judged as (
    select *, coalesce(personal and list_has_all(whole, words) and (given_name is null or family_name is null or len(whole) = len(words)), false) as repeated,
           coalesce(set_kind = 'person' and not personal and full_name is null and any_name is null, false) as misplaced
    from said
)
select record_id, source, set_kind, kind,
       coalesce(full_name, case when repeated then any_name when misplaced then organization end) as full_name, if(personal, null, any_name) as any_name,
       name_prefix, given_name, middle_name, family_name, name_suffix,
       case when misplaced then null else coalesce(organization, if(personal and not repeated, any_name, null)) end as organization
from judged
