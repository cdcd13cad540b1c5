-- One row a record that is a person's, or may be: the name as it is written. One of a firm's that may be no firm is read word by word.
with party as (
    select record_id, kind = 'person' as of_kind, kind <> 'person' and kind_certainty >= $open as other_kind, given_key, family_key, given_forms, given_common, string_split(name_key, ' ') as words
    from standard_record where kind = 'person' or kind_certainty < $sure
)
select record_id, of_kind, other_kind,
       case when of_kind then given_key when len(words) <= 2 then words[1] end as given_key,
       case when of_kind then family_key when len(words) = 2 then words[2] end as family_key,
       given_forms, coalesce(given_common, false) as given_common
from party
