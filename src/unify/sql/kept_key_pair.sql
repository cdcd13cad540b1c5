-- One row a key that both generations hold, with other content: its two records by their places, to be compared.
select l.place as l, r.place as r, l.other_kind or r.other_kind as crossing, 0::BIGINT as rules, true as for_scoring
from changed_key
join query_table($records) as l on l.record_id = changed_key.record_id and l.place < $before
join query_table($records) as r on r.record_id = changed_key.record_id and r.place >= $before
where then_content is not null and now_content is not null and (l.of_kind or r.of_kind)
