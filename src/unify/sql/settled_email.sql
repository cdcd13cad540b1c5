-- One row a written value that is one plain e-mail address: what nearly all are, and what the library would say of them.
-- RE2 has no look-behind, so a stop is followed by a character of its own.
with plain as (
    select written, lower(trim(written)) as value from written_email
    where regexp_full_match(
        lower(trim(written)),
        '[a-z0-9](?:[a-z0-9+_-]|\.[a-z0-9+_-])*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}'
    ) and length(trim(written)) < 64 and not regexp_matches(written, '[@.]..--')
      and not list_contains($special, regexp_extract(lower(trim(written)), '[^.]*$'))
),
split as (
    select written, value, split_part(value, '@', 1) as local, split_part(value, '@', 2) as domain
    from plain where not list_contains($junk, value)
)
select written, value,
       case when domain in ('gmail.com', 'googlemail.com')
           then coalesce(nullif(replace(split_part(local, '+', 1), '.', ''), ''), local) || '@gmail.com'
           else value end as same_as,
       true as valid,
       list_contains($household, regexp_extract(local, '^[^._-]*')) or list_contains($role, local) or list_contains($role, regexp_replace(local, '[0-9._-]+$', '')) as role,
       list_contains($free, domain) as free_provider,
       list_contains($pec, domain)
           or list_has_any($pec_label, string_split(domain, '.')[:-2])
           or len(list_filter($pec, lambda provider: ends_with(domain, '.' || provider))) > 0 as pec
from split
