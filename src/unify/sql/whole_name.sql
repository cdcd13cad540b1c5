-- One row a record whose name stands in one column, in two plain words (or three, where no name stands between given and family).
select record_id, source, name, if(name = upper(name), 'upper', 'lower') as letters, words[1] as first, words[2] as second, words[3] as third
from (
    select record_id, source, coalesce(full_name, any_name) as name, string_split(name, ' ') as words
    from named_record
    where kind is null and given_name is null and family_name is null
        and name_prefix is null and middle_name is null and name_suffix is null
        and (full_name is null or any_name is null) and regexp_full_match(name, $plain)
)
