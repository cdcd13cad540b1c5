-- One row an e-mail value of a record. One plain address, as nearly all are, gets what the library would say of it; of the
-- others `value` is null. RE2 has no look-behind, so a stop is followed by a character of its own.
with tidy as (
    select *, lower(trim(written)) as tidy from written_email
),
judged as materialized (
    select *, length(tidy) < 64 and not list_contains($junk, tidy) and not regexp_matches(tidy, '[@.]..--')
               and not list_contains($special, regexp_extract(tidy, '[^.]*$')) and regexp_full_match(
               tidy, '[a-z0-9](?:[a-z0-9+_-]|\.[a-z0-9+_-])*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}'
           ) as plain
    from tidy
),
split as (
    select record_id, position, label, written, tidy as value, split_part(tidy, '@', 1) as local, split_part(tidy, '@', 2) as domain
    from judged where plain
),
host as (
    select domain, list_contains($free, domain) as free_provider,
           list_contains($pec, domain)
               or list_has_any($pec_label, string_split(domain, '.')[:-2])
               or len(list_filter($pec, lambda provider: ends_with(domain, '.' || provider))) > 0 as pec
    from (select distinct domain from split)
)
select record_id, position, label, written, value,
       if(domain in ('gmail.com', 'googlemail.com'),
          coalesce(nullif(replace(split_part(local, '+', 1), '.', ''), ''), local) || '@gmail.com', value) as same_as,
       true as valid,
       list_contains($role, local) or list_contains($role, regexp_replace(local, '[0-9._-]+$', ''))
           or list_contains($household, regexp_extract(local, '^[^._-]*')) as role,
       free_provider, pec
from split join host using (domain)
union all
select record_id, position, label, written, null, null, null, null, null, null from judged where not plain
