-- One row an arrived row of the source at hand: its key, and why it is no record of its own (null if it is one).
with keyed_row as (
    select position, origin, content_hash, coalesce(written_key, content_hash) as source_key from keyed
),
standing as (
    select source_key, max(origin) as origin from keyed_row group by source_key
),
kept as (
    select keyed_row.source_key, min_by(content_hash, position) as content_hash, min(position) as position
    from keyed_row join standing using (source_key, origin)
    group by keyed_row.source_key
)
select keyed_row.position, keyed_row.source_key,
       case
           when keyed_row.position = kept.position then null
           when keyed_row.content_hash = kept.content_hash then 'same row'
           when keyed_row.origin < standing.origin then 'superseded'
           else 'key repeats'
       end as reason
from keyed_row
join kept using (source_key)
join standing using (source_key)
