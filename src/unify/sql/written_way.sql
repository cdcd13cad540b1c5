-- One row a way in which a record of a customer writes a value that is written in several: the text whose writing is judged, and
-- what stands beside it.
select customer_id, field_group, same, record_id, source, source_key, updated, position, label, value, filled, trust,
       coalesce(case field_group
           when 'name' then json_extract_string(value, '$.full_name')
           when 'employment' then json_extract_string(value, '$.organization')
           when 'address' then concat_ws(', ', json_extract_string(value, '$.street'), json_extract_string(value, '$.city'))
           else json_extract_string(value, '$.*')[1]
       end, '') as text,
       case field_group
           when 'name' then json_extract_string(value, ['$.name_prefix', '$.name_suffix'])
           when 'employment' then json_extract_string(value, ['$.job_title'])
           when 'address' then json_extract_string(value, ['$.region', '$.postcode', '$.country'])
           else []
       end as beside
from candidate
semi join (from chosen_value where varied) using (customer_id, field_group, same)
