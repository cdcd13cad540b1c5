-- One row a firm's record: what the model of organisations compares. Nothing known is null.
-- A record that names nobody takes the name of the firm that its domain or mailbox is named after.
with firm as (
    select *, (row_number() over (order by record_id) - 1)::INTEGER as place, kind = 'organization' as of_kind,
           kind <> 'organization' and kind_certainty >= $open as other_kind,
           regexp_replace(regexp_replace(name_key, '\be\b', '', 'g'), '[^a-z0-9]', '', 'g') as letters
    from standard_record semi join organization_party using (record_id)
),
known_firm as (
    select letters, mode(name_key order by name_key) as name_key, mode(name_same_as order by name_same_as) as name_same_as
    from firm where of_kind and length(letters) >= 6 group by letters
),
labelled_email as (
    -- A mailbox that is no office's, of one who may be a person, says where the person works.
    select record_id, same_as, case when not free_provider and not pec and (role or of_kind) then split_part(same_as, '@', 2) end as domain,
           regexp_replace(case when free_provider then split_part(same_as, '@', 1) when role then split_part(split_part(same_as, '@', 2), '.', 1) end,
               '[^a-z0-9]', '', 'g') as label
    from record_email join firm using (record_id)
),
lent as (
    select record_id, min_by(known_firm, known_firm.name_key) as name
    from firm join labelled_email using (record_id) join known_firm on known_firm.letters = label
    where firm.name_key is null
    group by record_id
),
named as (
    select firm.* replace (coalesce(firm.name_key, lent.name.name_key) as name_key, coalesce(firm.name_same_as, lent.name.name_same_as) as name_same_as,
                           coalesce(firm.letters, lent.name.letters) as letters),
           lent.record_id is not null as lent
    from firm left join lent using (record_id)
),
email as (
    select record_id, list_sort(list(same_as)) as emails, list(domain) filter (where domain is not null) as email_domains
    from labelled_email group by record_id
),
phone as (
    select record_id, list_sort(list(value)) as phones from record_phone where type <> 'fax' and coalesce(label, '') <> 'fax' group by record_id
),
worded as (
    select name_key, unnest(string_split(name_key, ' ')) as word from (select distinct name_key from named)
),
own_word as (
    -- Of names made of a trade and a town there are many alike; a word of its own tells a firm.
    select distinct any_value(name_key) as name_key from worded where length(word) >= 3 group by word having count(distinct name_key) = 1
),
reached as (
    select named.*, emails, phones,
           nullif(list_sort(list_distinct(list_concat(
               coalesce(email_domains, []), case when website is null then [] else [regexp_extract(website, '^([^/]+)', 1)] end
           ))), []) as domains
    from named
    left join email using (record_id)
    left join phone using (record_id)
)
select reached.record_id, place, if((select count(distinct source) from standard_record) > 1, source, null) as source, name_key, name_same_as, of_kind, other_kind, lent, count(*) over (partition by name_key) <= $rare_to and length(replace(name_key, ' ', '')) >= $long_from
           and not list_has_any([string_split(name_key, ' ')[1], string_split(name_key, ' ')[-1]], $everywhere) as rare_name,
       contains(name_key, ' ') as several_words, own_word.name_key is not null as own_word,
       string_split(name_key, ' ')[1] as first_word, string_split(name_key, ' ')[2] as second_word, left(replace(name_key, ' ', ''), 5) as name_start,
       right(replace(name_key, ' ', ''), 5) as name_end, legal_form, vat_id,
       emails, domains,
       -- A domain that is made of the firm's name is nobody else's.
       nullif(list_filter(domains, lambda domain:
           length(letters) >= 6 and levenshtein(regexp_replace(split_part(domain, '.', 1), '[^a-z0-9]', '', 'g'), letters) <= length(letters) // 6
       ), []) as named_domains,
       phones, nullif(list_concat(coalesce(emails, []), coalesce(phones, []), coalesce(places, [])), []) as contacts, places, houses, numbers, streets, postcodes, cities,
       -- A town tells more than its country does.
       case when cities is null and postcodes is null then countries end as countries
from reached
left join own_word using (name_key)
left join firm_place using (record_id)
