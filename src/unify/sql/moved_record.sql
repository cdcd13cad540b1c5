-- One row a published record whose key says nothing of it any more: the record that it is now, if any, where another one has its key.
select record_id as then_record, now_record from published_crosswalk
where now_record is distinct from record_id and (now_record is not null or told_by = 'stranger')
order by record_id
