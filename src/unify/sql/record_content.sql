-- One row a record of two tables, of people and of firms: a fingerprint of what matching reads of it, and whether that is anything.
select record_id, bit_xor(content) as content, bool_or(told) as told
from (
    select record_id,
           hash('person', given_key, family_key, name_key, middle_initial, birth_date, written_tax_id, employer_key, all_emails, mobiles, landlines,
                places, houses, postcodes, cities) as content,
           coalesce(name_key, written_tax_id, employer_key) is not null or contacts is not null as told
    from query_table($people)
    union all
    select record_id, hash('firm', name_key, legal_form, vat_id, emails, phones, places, houses, postcodes, cities),
           coalesce(name_key, vat_id) is not null or contacts is not null
    from query_table($firms)
)
group by record_id
