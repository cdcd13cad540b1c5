-- One row a record: what kind it was taken for, how surely, and the valid identifier of its own.
select record_id, kind, kind_certainty,
       case when kind = 'person' and tax_id_valid then tax_id when kind = 'organization' and vat_id_valid then vat_id end as identity
from standard_record order by record_id
