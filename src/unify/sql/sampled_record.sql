-- One row a record of the sample: records whose names have the same words, in any order and system, come together or not at all
-- (but for those at its end). Who has no name is drawn alone.
with named as (
    select record_id, coalesce(nullif(trim(concat_ws(' ', given_name, family_name)), ''), full_name, any_name, organization, '') as name
    from source_record
),
drawn as (
    select record_id, array_to_string(list_sort(list_distinct(regexp_extract_all(strip_accents(lower(name)), '[a-z0-9]{2,}'))), ' ') as words
    from named
)
select record_id from drawn order by md5(coalesce(nullif(words, ''), record_id)), record_id limit $wanted
