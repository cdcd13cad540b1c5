-- One row a distinct written word of a closed vocabulary, or free text.
select distinct field, written from written_value where field not in ('tax_id', 'vat_id', 'any_id')
