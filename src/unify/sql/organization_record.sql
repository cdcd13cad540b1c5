-- One row a firm's record: what the model of organisations compares. Nothing known is null.
with firm as (
    select *, (row_number() over (order by record_id) - 1)::INTEGER as place, string_split(name_key, ' ') as words, kind = 'organization' as of_kind from standard_record semi join organization_party using (record_id)
),
email as (
    select record_id, list_sort(list(same_as)) as emails,
           list(split_part(same_as, '@', 2)) filter (where not free_provider and not pec) as email_domains
    from record_email group by record_id
),
phone as (
    select record_id, list_sort(list(value)) as phones from record_phone where type <> 'fax' and coalesce(label, '') <> 'fax' group by record_id
)
select firm.record_id, place, name_key, name_same_as, of_kind, count(*) over (partition by name_key) <= $rare_to and length(replace(name_key, ' ', '')) >= $long_from as rare_name, len(words) > 1 as several_words, words[1] as first_word, words[2] as second_word, left(replace(name_key, ' ', ''), 5) as name_start, right(replace(name_key, ' ', ''), 5) as name_end, legal_form, vat_id,
       emails,
       nullif(list_sort(list_distinct(list_concat(
           coalesce(email_domains, []), case when website is null then [] else [regexp_extract(website, '^([^/]+)', 1)] end
       ))), []) as domains,
       phones, nullif(list_concat(coalesce(emails, []), coalesce(phones, []), coalesce(places, [])), []) as contacts, places, houses, numbers, streets, postcodes, cities,
       -- A town tells more than its country does.
       case when cities is null and postcodes is null then countries end as countries
from firm
left join email using (record_id)
left join phone using (record_id)
left join firm_place using (record_id)
