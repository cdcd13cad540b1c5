-- One row a written date or instant in digits that stands for a day: what nearly all are.
with shaped as materialized (
    select source, field, written, "order",
           case
               when regexp_matches(written, '^\s*\d{4}[-/.]') then
                   regexp_extract(trim(written), '^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?Z?)?$', ['y', 'a', 'b', 'hour', 'minute', 'second'])
               when regexp_matches(written, '^\s*\d{8}\s*$') then
                   regexp_extract(trim(written), '^(\d{4})(\d{2})(\d{2})()()()$', ['y', 'a', 'b', 'hour', 'minute', 'second'])
               else
                   regexp_extract(trim(written), '^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?Z?)?$', ['b', 'a', 'y', 'hour', 'minute', 'second'])
           end as part,
           regexp_matches(written, '^\s*\d{4}') as led, regexp_matches(written, '^\s*\d{8}\s*$') as by_position
    from ordered_date
),
numbered as (
    select source, field, written, by_position, part.y, part.hour, part.minute, part.second,
           if(led or "order" <> 'mdy', part.a, part.b) as m, if(led or "order" <> 'mdy', part.b, part.a) as d
    from shaped where part.y <> ''
),
placed as (
    -- A month of 13 or more beside a day that could be one: they changed places.
    select * exclude (m, d), m::INT > 12 and d::INT <= 12 and not by_position as changed,
           try_cast(concat(y, '-', if(changed, d, m), '-', if(changed, m, d)) as date) as day
    from numbered
)
select source, field, written,
       if(field = 'updated',
          concat(day, 'T', if(hour = '', '00', hour), ':', if(minute = '', '00', minute), ':', if(second = '', '00', second), 'Z'), day::VARCHAR) as value
from placed
where day is not null and y::INT between $earliest and $latest and not list_contains($placeholders, day::VARCHAR)
    and (hour = '' or hour::INT <= 23 and minute::INT <= 59 and (second = '' or second::INT <= 59))
