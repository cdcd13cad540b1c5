-- One row a record of the published generation: its customer, the record that it is now (null: none), and what told so.
select record_id, customer_id,
       coalesce(followed.now_record, case when standard_record.record_id is not null and strange_key.record_id is null then record_id end) as now_record,
       case when followed.now_record is not null then 'content'
            when strange_key.record_id is not null then 'stranger'
            when standard_record.record_id is not null then 'key' else 'gone' end as told_by
from was_published
left join standard_record using (record_id)
left join strange_key using (record_id)
left join followed_record as followed on followed.then_record = record_id
order by record_id
