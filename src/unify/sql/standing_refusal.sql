-- One row a customer that refused marketing by a record that no source holds any more: refused stays refused.
-- Where the records of such a customer part, each part keeps it. A record that stands under another key speaks for itself; what has
-- the key of one that is gone does not speak for it.
select crosswalk.customer_id, min_by(told.source, told.customer_id) as source, min_by(told.source_key, told.customer_id) as source_key,
       min_by({'at': told.as_of}, told.customer_id)['at'] as as_of
from published_refusal as told
join published_crosswalk on published_crosswalk.customer_id = told.customer_id
join crosswalk on crosswalk.record_id = now_record
left join published_crosswalk as teller
       on teller.customer_id = told.customer_id and teller.record_id = told.source || ':' || told.source_key
where teller.now_record is null
group by crosswalk.customer_id
