-- One row a record, numbered, with the valid identifier of its own that keeps it apart from those of another.
select record_id, row_number() over (order by record_id) - 1 as item,
       case when kind = 'person' and tax_id_valid then 'person ' || tax_id
            when kind = 'organization' and vat_id_valid then 'organization ' || vat_id end as identity
from standard_record order by record_id
