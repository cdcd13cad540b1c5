-- One row a record: its dates, identifiers and words in standard form. Of two identifiers, the one that passes its check.
with identified as (
    select record_id,
           coalesce(max(tax_id) filter (where tax_id_valid), max(tax_id)) as tax_id, bool_or(tax_id_valid) filter (where tax_id is not null) as tax_id_valid,
           coalesce(max(vat_id) filter (where vat_id_valid), max(vat_id)) as vat_id, bool_or(vat_id_valid) filter (where vat_id is not null) as vat_id_valid,
           max(birth_date) filter (where tax_id_valid) as told_birth_date, max(sex) filter (where tax_id_valid) as told_sex
    from written_value join standard_identifier using (field, written)
    group by record_id
),
worded as (
    select record_id,
           max(value) filter (where field = 'website') as website,
           max(value) filter (where field = 'consent_marketing') as consent_marketing,
           max(value) filter (where field = 'sex') as sex,
           max(value) filter (where field = 'job_title') as job_title,
           max(value) filter (where field = 'notes') as notes
    from written_value join standard_word using (field, written)
    group by record_id
)
select source_record.record_id, identified.tax_id, tax_id_valid, identified.vat_id, vat_id_valid,
       coalesce(born.value, case when tax_id_valid then told_birth_date end) as birth_date,
       born.value is not null as birth_date_written,
       coalesce(worded.sex, case when tax_id_valid then told_sex end) as sex,
       touched.value as updated, worded.website, worded.consent_marketing, worded.job_title, worded.notes
from source_record
left join identified using (record_id)
left join source_date as born on born.source = source_record.source and born.field = 'birth_date' and born.written = source_record.birth_date
left join source_date as touched on touched.source = source_record.source and touched.field = 'updated' and touched.written = source_record.updated
left join worded using (record_id)
