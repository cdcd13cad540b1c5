-- One row a source and date field: the order of day and month that its values prove (a 13 or more is a day), or the usual one.
with numbered as (
    select source, field, regexp_extract(
        trim(written), '^(\d{1,4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,4})', ['a', 'b', 'c']
    ) as part
    from written_date
),
counted as (
    select source, field,
           count(*) filter (where length(part.a) < 4 and length(part.c) in (2, 4) and part.a::INT between 13 and 31) as first_day,
           count(*) filter (where length(part.a) < 4 and length(part.c) in (2, 4) and part.b::INT between 13 and 31) as second_day
    from numbered where part.a <> '' group by source, field
)
select source, field,
       case when coalesce(first_day, 0) > coalesce(second_day, 0) then 'dmy'
            when coalesce(first_day, 0) < coalesce(second_day, 0) then 'mdy'
            else $usual end as "order"
from (select distinct source, field from written_date)
left join counted using (source, field)
