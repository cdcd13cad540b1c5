-- One row a record of the truth: its entity, and the customer it was published in (null where it was not) and of what kind.
select truth.source, truth.source || ':' || truth.source_key as record_id, truth.entity,
       crosswalk.customer_id, coalesce(golden_customers.kind, 'not published') as kind
from truth
left join crosswalk using (source, source_key)
left join golden_customers using (customer_id)
order by record_id
