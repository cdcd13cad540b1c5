-- One row a record, every single value in its standard form.
select source_record.record_id, source_record.source, source_record.source_key, record_single.updated,
       record_party.* exclude (record_id, kind_reason),
       record_single.job_title, record_single.birth_date, record_single.sex,
       record_single.tax_id, record_single.tax_id_valid, record_single.vat_id, record_single.vat_id_valid,
       record_single.website, record_single.consent_marketing, record_single.notes, source_record.own
from source_record
join record_single using (record_id)
join record_party using (record_id)
