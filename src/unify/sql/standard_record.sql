-- One row a record, every single value in its standard form. A record that names nobody and has the mailbox of an office is a firm's.
with office as (
    select record_id from record_email group by record_id having bool_and(role and not free_provider and not pec)
)
select source_record.record_id, source_record.source, source_record.source_key, record_single.updated,
       record_party.* exclude (record_id, kind_reason, nameless)
           replace (if(nameless, 'organization', record_party.kind) as kind, if(nameless, $office, kind_certainty) as kind_certainty),
       record_single.job_title, record_single.birth_date, record_single.sex,
       record_single.tax_id, record_single.tax_id_valid, record_single.vat_id, record_single.vat_id_valid,
       record_single.website, record_single.consent_marketing, record_single.notes, source_record.own
from source_record
join record_single using (record_id)
join (
    select record_party.*, full_name is null and organization is null and kind_certainty < $office and office.record_id is not null as nameless
    from record_party left join office using (record_id)
) as record_party using (record_id)
