-- One row a record that does not plainly name a person: all that tells whom it names (a JSON object).
select record_id,
       json_object(
           'set_kind', set_kind, 'kind', kind, 'any_name', any_name, 'full_name', full_name, 'name_prefix', name_prefix,
           'given_name', given_name, 'middle_name', middle_name, 'family_name', family_name, 'name_suffix', name_suffix,
           'organization', organization, 'first', if(any_name is null and full_name is null, null, name_custom.custom),
           'person_id', record_single.tax_id is not null and coalesce(record_single.tax_id_valid, false),
           'firm_id', record_single.vat_id is not null and coalesce(record_single.vat_id_valid, false),
           'born', case when record_single.birth_date_written then 'yes' end
       )::VARCHAR as written
from named_record
join record_single using (record_id)
left join name_custom using (source)
anti join plain_person using (record_id)
