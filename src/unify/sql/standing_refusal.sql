-- One row a customer that refused marketing by a record that no source holds any more: refused stays refused.
-- Where the records of such a customer part, each part keeps it.
select crosswalk.customer_id, min_by(told.source, told.customer_id) as source, min_by(told.source_key, told.customer_id) as source_key,
       min_by({'at': told.as_of}, told.customer_id)['at'] as as_of
from published_refusal as told
join published_crosswalk on published_crosswalk.customer_id = told.customer_id
join crosswalk on crosswalk.record_id = published_crosswalk.record_id
where not exists (select 1 from crosswalk as held where held.source = told.source and held.source_key = told.source_key)
group by crosswalk.customer_id
