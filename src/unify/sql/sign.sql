-- One row a row of `signed` and sign: a salted hash of a name with an e-mail, a phone or an identifier, never of either alone.
with named as (
    select place,
           [full_name, any_name, concat_ws(' ', given_name, middle_name, family_name),
            concat_ws(' ', regexp_extract(given_name, '^\S+'), family_name), spelt] as names,
           organization,
           flatten([
               flatten(list_transform(coalesce(emails, []), lambda v: regexp_extract_all(lower(v.value), '[^\s<>;,:"()\[\]]+@[^\s<>;,:"()\[\]]+'))),
               -- A number's last digits: written with or without its country, beside another, or with an extension.
               flatten(list_transform(coalesce(phones, []), lambda v: list_transform(
                   list_filter(
                       list_transform(list_concat([v.value, split_part(v.value, 'int', 1)], regexp_split_to_array(v.value, '[;,/]|\s-\s|\s[eo]\s')), lambda part: regexp_replace(part, '\D', '', 'g')),
                       lambda digits: length(digits) >= 7
                   ),
                   lambda digits: right(digits, 7)
               ))),
               list_filter(
                   list_transform([tax_id, vat_id, any_id], lambda id: regexp_replace(regexp_replace(upper(id), '[^0-9A-Z]', '', 'g'), '^IT', '')),
                   lambda id: length(id) >= 8
               )
           ]) as contacts
    from signed
),
worded as (
    select place, contacts,
           list_transform(
               case when len(list_filter(names, lambda name: name <> '')) = 0 then [organization] else names end,
               lambda name: list_sort(list_distinct(list_filter(
                   list_transform(regexp_split_to_array(lower(strip_accents(name)), '[\s,;/-]+'), lambda word: regexp_replace(word, '[^\pL]', '', 'g')),
                   lambda word: length(word) >= 2 and not list_contains($titles, word)
               )))
           ) as names
    from named
),
held as (
    select place, unnest(list_distinct(list_transform(list_filter(names, lambda words: len(words) >= 2), lambda words: array_to_string(words, ' ')))) as name, contacts
    from worded
),
met as (
    select place, name, unnest(list_distinct(contacts)) as contact from held
)
select distinct place, sha256($salt || '|' || name || '|' || contact) as sign from met
