-- One row a key that was published and holds somebody else now. Where keys prove nothing, what is not plainly the same is somebody else.
select record_id
from changed_key
left join key_evidence using (record_id)
join distrusted_source using (source)
where then_content is not null and now_content is not null
  and (stands_elsewhere or evidence < $apart or (distrusted and (evidence is null or evidence < $together or parted)))
