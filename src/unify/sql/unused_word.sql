-- One row a written identifier or word of a record that says nothing, and why.
select record_id, field, reason from written_value join standard_word using (field, written) where value is null
union all
select record_id, field, reason from written_value join standard_identifier using (field, written) where tax_id is null and vat_id is null
