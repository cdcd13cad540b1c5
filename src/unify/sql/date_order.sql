-- One row a source and date field whose values prove the order of day and month: a 13 or more is a day.
with numbered as (
    select source, field, regexp_extract(
        trim(written), '^(\d{1,3})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{2}|\d{4})(?:\D|$)', ['a', 'b', 'c']
    ) as part
    -- A year that leads proves nothing, and is what most systems write.
    from written_date where not regexp_matches(written, '^\s*\d{4}')
),
counted as (
    select source, field,
           count(*) filter (where part.a::INT between 13 and 31) as first_day,
           count(*) filter (where part.b::INT between 13 and 31) as second_day
    from numbered where part.a <> '' group by source, field
)
select source, field, if(first_day > second_day, 'dmy', 'mdy') as "order" from counted where first_day <> second_day
