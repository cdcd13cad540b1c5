-- One row a record: its dates, identifiers and words in standard form. Of two identifiers, the one that passes its check.
with identified as (
    select record_id,
           coalesce(max(tax_id) filter (where tax_id_valid), max(tax_id)) as tax_id, bool_or(tax_id_valid) filter (where tax_id is not null) as tax_id_valid,
           coalesce(max(vat_id) filter (where vat_id_valid), max(vat_id)) as vat_id, bool_or(vat_id_valid) filter (where vat_id is not null) as vat_id_valid,
           max(birth_date) filter (where tax_id_valid) as told_birth_date, max(sex) filter (where tax_id_valid) as told_sex
    from written_value join standard_identifier using (field, written)
    group by record_id
),
dated as (
    select record_id,
           max(value) filter (where field = 'birth_date') as birth_date,
           max(value) filter (where field = 'updated') as updated
    from written_value
    join source_record using (record_id)
    join source_date using (source, field, written)
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
       coalesce(dated.birth_date, case when tax_id_valid then told_birth_date end) as birth_date,
       dated.birth_date is not null as birth_date_written,
       coalesce(worded.sex, case when tax_id_valid then told_sex end) as sex,
       dated.updated, worded.website, worded.consent_marketing, worded.job_title, worded.notes
from source_record
left join identified using (record_id)
left join dated using (record_id)
left join worded using (record_id)
