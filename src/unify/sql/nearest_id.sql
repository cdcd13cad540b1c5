-- One row: the published record or customer whose id is most like what was asked for, if any is.
with known as (
    select record_id as id from crosswalk union all select distinct customer_id from crosswalk
)
select id from known where jaro_winkler_similarity(lower(id), lower($asked)) >= 0.8
order by jaro_winkler_similarity(lower(id), lower($asked)) desc, levenshtein(id, $asked), id limit 1
