-- One row a record: a hash of its own standard forms, as far as matching reads them. In which order a name's words are read depends on
-- other records, and what says nothing to matching (notes, consent) may change: neither counts.
with email as (
    select record_id, string_agg(same_as, ' ' order by same_as) as held from record_email group by record_id
),
phone as (
    select record_id, string_agg(value, ' ' order by value) as held from record_phone group by record_id
),
address as (
    select record_id, string_agg(concat_ws('|', coalesce(street_key, ''), coalesce(number, ''), coalesce(city_key, ''), coalesce(postcode, '')), ';'
           order by street_key, number, city_key, postcode) as held
    from record_address group by record_id
)
select record_id,
       left(md5(concat_ws(chr(31),
           array_to_string(list_sort(string_split(lower(strip_accents(coalesce(name_key, concat_ws(' ', given_key, family_key)))), ' ')), ' '),
           '1' || coalesce(lower(middle_name), ''), '2' || coalesce(organization_key, ''), '3' || coalesce(legal_form, ''),
           '4' || coalesce(birth_date, ''), '5' || coalesce(tax_id, ''), '6' || coalesce(vat_id, ''),
           '7' || coalesce(email.held, ''), '8' || coalesce(phone.held, ''), '9' || coalesce(address.held, ''),
           '0' || coalesce(own::VARCHAR, '')
       )), 16) as fingerprint
from standard_record
left join email using (record_id)
left join phone using (record_id)
left join address using (record_id)
order by record_id
