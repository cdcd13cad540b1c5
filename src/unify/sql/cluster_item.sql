-- One row a record, numbered, with what keeps it apart from those of another: its kind, where that is not open, and a valid
-- identifier of its own.
select record_id, row_number() over (order by record_id) - 1 as item,
       case when kind = 'person' and tax_id_valid then 'person ' || tax_id
            when kind = 'organization' and vat_id_valid then 'organization ' || vat_id end as identity,
       case when kind_certainty >= $open then kind end as kind
from standard_record order by record_id
