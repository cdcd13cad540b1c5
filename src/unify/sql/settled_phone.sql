-- One row a written phone (`id`: its row in `written_phone`) that patterns settle as the library would; its value is null where it holds no number.
-- Several numbers, extensions and rewritten prefixes have no row. Patterns match '<region> <digits>', types '<region> <digits> <length>'.
with phone_region as (
    select unnest($regions, recursive := true)
),
-- A materialised step computes its expressions once; else the planner repeats them in every filter and union.
cell as materialized (
    select rowid as id, context, written, trim(regexp_replace(written, '[\x00-\x20\x7f\x{a0}]+', ' ', 'g')) as cell,
           lower(regexp_extract(cell, '^[A-Za-z]+')) as word, substr(cell, length(word) + 1) as signs
    from written_phone
),
-- A single number: a known word at most, a plus at most, and no divider between what could be numbers.
parted as materialized (
    select id, context, written, word, signs,
           (word = '' or regexp_full_match(word, $silent_word) or regexp_full_match(word, $type_word) or regexp_full_match(word, $fax_word))
               and regexp_full_match(signs, '[- .:/()]*\+?[-–0-9 .:/()]*')
               and not regexp_matches(signs, '[0-9]{6} */ *[0-9]| / *(?:[^0-9]*[0-9]){6}|[0-9]{5} +[-–] +[0-9](?:[^0-9]?[0-9]){5}') as single,
           not single and not regexp_matches(written, '(?:[0-9][^0-9]*){6}') and regexp_full_match(written, '[\x00-%''-\x7f]*') as without_number
    from cell
),
spelt as materialized (
    select id, context, written, word, contains(signs, '+') as plus,
           if(ends_with(signs, '.0'), regexp_replace(signs, '([0-9]{6})\.0$', '\1'), signs) as number,
           regexp_replace(number, '[^0-9]+', '', 'g') as digits,
           if(contains(number, '(0)'), regexp_replace(replace(number, '(0)', ''), '[^0-9]+', '', 'g'), digits) as without_zero,
           length(digits) not between 6 and 17 or regexp_full_match(digits, $junk) as nothing
    from parted where single
),
-- The zero of `+39 (0)2` is first kept, then left out.
attempt as (
    select id, context, plus, 0 as turn, digits from spelt where not nothing
    union all
    select id, context, plus, 3, without_zero from spelt where not nothing and without_zero <> digits
),
-- Each way to read the digits, in turn: from abroad, at home in a region, or from abroad without the plus.
reading as (
    select id, turn, null as home, null as code, if(starts_with(digits, '00'), substr(digits, 3), digits) as digits
    from attempt where plus or starts_with(digits, '00')
    union all
    select id, attempt.turn + 1, region, code, digits
    from attempt join phone_region on region = context and region <> code where not plus
    union all
    select id, turn + 2, null, null, digits from attempt where not plus and not starts_with(digits, '00') and length(digits) > 10
),
dialled as materialized (
    select *, regexp_extract(home || ' ' || digits, $international_prefix) as way_out,
           substr(digits, greatest(1, length(way_out) - length(home))) as beyond,
           home is null or way_out <> '' and not starts_with(beyond, '0') as abroad
    from reading
),
-- At home a number may begin with its country code, which is taken off where that alone makes it possible.
coded as materialized (
    select id, turn, home, code, digits, substr(digits, length(code) + 1) as rest,
           length(regexp_extract(home || ' ' || rest, $rewritten_prefix)) > length(home) + 1 as rewritten,
           regexp_extract(home || ' ' || rest, $national_prefix) as prefix,
           substr(rest, greatest(1, length(prefix) - length(home))) as bare,
           if(regexp_full_match(home || ' ' || rest, $general) and not regexp_full_match(home || ' ' || bare, $general), rest, bare) as number
    from dialled where not abroad and starts_with(digits, code)
),
uncoded as materialized (
    select id, turn, code, number, rewritten
    from coded
    where rewritten or regexp_full_match(home || ' ' || digits, $too_long)
        or not regexp_full_match(home || ' ' || digits, $general) and regexp_full_match(home || ' ' || number, $general)
),
addressed as (
    select id, turn, regexp_extract(coalesce(beyond, digits), $country_code) as code, null as region,
           substr(coalesce(beyond, digits), length(code) + 1) as number, false as rewritten
    from (select id, turn, beyond, digits from dialled where abroad)
    union all
    select id, turn, code, null, number, rewritten from uncoded
    union all
    select id, turn, code, home, digits, false from dialled anti join uncoded using (id, turn) where not abroad
),
-- The national prefix goes, unless only with it the number is possible.
prefixed as materialized (
    select id, addressed.turn, code, rewritten, number, coalesce(addressed.region, main.region) || ' ' as reader, reader || number as dial,
           regexp_extract(dial, $national_prefix) as prefix, length(regexp_extract(dial, $rewritten_prefix)) > length(reader) as rewrites
    from addressed join phone_region as main using (code) where main.turn = 0
),
national as (
    select id, turn, code, rewritten or rewrites as rewritten, number as nsn from prefixed where prefix = ''
    union all
    select id, turn, code, rewritten or rewrites,
           if(regexp_full_match(reader || bare, $long_enough)
               and (regexp_full_match(reader || bare, $general) or not regexp_full_match(dial, $general)), bare, number)
    from (select *, substr(dial, length(prefix) + 1) as bare from prefixed where prefix <> '')
),
-- Of the regions that share a code the first judges a number that claims it: by its leading digits, or else as valid.
candidate as materialized (
    select id, 100 * national.turn + phone_region.turn as turn, code, nsn, rewritten, shared, by_leading_digits,
           region || ' ' || nsn || ' ' || length(nsn) as whole
    from national join phone_region using (code)
),
judged as materialized (
    select id, turn, '+' || code || nsn as value, rewritten,
           case
               when not regexp_full_match(whole, $national) then null
               when regexp_full_match(whole, $special) then 'other'
               when regexp_full_match(whole, $pager) then 'mobile'
               when regexp_full_match(whole, $company) then 'other'
               when regexp_full_match(whole, $landline) then 'landline'
               when regexp_full_match(whole, $mobile) then 'mobile'
           end as type
    from candidate
    where not shared or rewritten or (not by_leading_digits or regexp_matches(whole, $leading_digits)) and not regexp_matches(whole, $claimed_before)
),
best as (
    select id, arg_min(value, turn) as value, arg_min_null(type, turn) as type, arg_min(rewritten, turn) as rewritten
    from judged where type is not null or rewritten group by id
)
select id, case when not nothing then coalesce(value, digits) end as value,
       case when nothing then null when regexp_full_match(word, $fax_word) then 'fax' else coalesce(type, 'other') end as type,
       case when not nothing then value is not null end as valid
from spelt left join best using (id)
where rewritten is not true and (nothing or value is not null or not regexp_full_match(word, $type_word))
union all
select id, null, null, null from parted where without_number
