-- One row a value of a record that has a standard form of its own and is settled once for all that write it alike.
select record_id, field, written
from (
    unpivot (
        select record_id, tax_id, vat_id, any_id, website, consent_marketing, sex, job_title, notes from source_record
    ) on columns(* exclude record_id) into name field value written
)
