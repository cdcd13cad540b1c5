-- One row a key of the source at hand whose rows are an erased person's.
select source_key from verdict
where sha256($salt || '|key|' || $source || ':' || source_key) in (select sign from tombstone)
union
select verdict.source_key from sign
join tombstone using (sign)
join verdict on verdict.position = sign.place
