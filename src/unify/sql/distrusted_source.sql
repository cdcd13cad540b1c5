-- One row a source and what its keys hold: how many of the published ones are there, how many of them hold other people, and
-- whether that is so many that a key proves nothing any more.
-- What is not even compared, one a person's and one a firm's record, tells neither way.
with held as (
    select source, count(*) as keys from was_published semi join standard_record using (record_id) group by source
),
counted as (
    select source, count(*) filter (where stands_elsewhere or evidence < $apart) as strangers
    from changed_key left join key_evidence using (record_id)
    where then_content is not null and now_content is not null
    group by source
)
select source, keys, coalesce(strangers, 0) as strangers,
       coalesce(strangers, 0) >= least(greatest($some, $share * keys), 0.5 * keys) and coalesce(strangers, 0) > 1 as distrusted
from held left join counted using (source)
