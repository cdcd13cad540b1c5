-- One row a source of which published records lost their key: how many of its keys stand still, how many of them hold somebody else,
-- how many records stand under another key, and how many records that is in all.
select was_published.source, count(*) filter (where told_by = 'key' or strange_key.record_id is not null) as keys,
       count(strange_key.record_id) as strangers,
       count(*) filter (where told_by = 'content') as moved,
       count(*) filter (where told_by in ('content', 'stranger')) as rekeyed,
       count(*) as records
from published_crosswalk
join was_published using (record_id)
left join strange_key using (record_id)
group by was_published.source having rekeyed > 0
order by was_published.source
