-- One row an e-mail of a person's record that is its own: neither a role's nor one that many hold.
-- It is plain when it is made of the name alone, at a provider: it says little more than the name does.
-- One that is made of the name and more (a year, a domain of its own) is named: it is its owner's, and nobody else's.
with own_email as (
    select record_email.record_id, same_as, free_provider, given_letters as g, family_letters as f, given_forms,
           regexp_replace(split_part(same_as, '@', 1), '[^a-z0-9]', '', 'g') as local
    from record_email
    join person_name using (record_id)
    left join shared_value on shared_value.field = 'emails' and shared_value.value = same_as
    where not role and shared_value.value is null
),
busy_domain as (
    select split_part(same_as, '@', 2) as domain from own_email group by domain having count(distinct same_as) >= $busy_from
),
spelt_email as (
    -- The name may be mistyped in the record, so two letters more or less do not count.
    select own_email.*, regexp_replace(local, '[0-9]', '', 'g') as letters,
           list_filter([g || f, f || g, left(g, 1) || f, f || left(g, 1), g || left(f, 1)], lambda s: s is not null) as spellings,
           -- Liz has the mailbox of Elizabeth.
           coalesce(list_bool_or(list_transform(given_forms, lambda form: form || f = local or f || form = local)), false) as formal,
           local = g or local = f as half,
           free_provider or busy_domain.domain is not null as provider
    from own_email
    left join busy_domain on busy_domain.domain = split_part(same_as, '@', 2)
),
judged_email as (
    select *,
           coalesce(list_min(list_transform(spellings, lambda s: levenshtein(s, letters))) <= case when length(letters) >= 8 then 2 else 0 end, false)
               or formal as named,
           case when starts_with(letters, g) then substr(letters, length(g) + 1)
                when ends_with(letters, g) then left(letters, length(letters) - length(g)) end as beside_given,
           case when starts_with(letters, f) then substr(letters, length(f) + 1)
                when ends_with(letters, f) then left(letters, length(letters) - length(f)) end as beside_family
    from spelt_email
)
select record_id, same_as, named, provider and (coalesce(half, false) or named and not regexp_matches(local, '[0-9]')) as plain,
       case when length(local) >= 5 then local end as local,
       -- Many write the year of their birth behind their name.
       case when named then nullif(regexp_extract(local, '^[a-z]+(?:19|20)?([0-9]{2})$', 1), '') end as year,
       -- The name as its owner spells it, where the record has it nearly so.
       case when length(g) > 1 and length(beside_given) >= 4 and beside_given <> f and levenshtein(beside_given, f) <= 2 then beside_given end as family_spelt,
       case when length(beside_family) >= 3 and beside_family <> g and levenshtein(beside_family, g) <= 2 then beside_family end as given_spelt
from judged_email
