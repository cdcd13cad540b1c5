-- One row a record, every single value in its standard form.
select source_record.record_id, source_record.source, source_record.source_key, record_single.updated,
       standard_party.kind, kind_certainty, standard_party.full_name, standard_party.name_prefix, standard_party.given_name,
       standard_party.middle_name, standard_party.family_name, standard_party.name_suffix, standard_party.organization,
       name_key, given_key, family_key, organization_key, given_forms,
       record_single.job_title, record_single.birth_date, record_single.sex,
       record_single.tax_id, record_single.tax_id_valid, record_single.vat_id, record_single.vat_id_valid,
       record_single.website, record_single.consent_marketing, record_single.notes, source_record.own
from source_record
join record_single using (record_id)
join written_party using (record_id)
left join source_leaning using (source)
join standard_party on standard_party.written = written_party.written
    and standard_party.leaning is not distinct from source_leaning.kind
