-- One row a distinct written identifier.
select distinct field, written from written_value where field in ('tax_id', 'vat_id', 'any_id')
