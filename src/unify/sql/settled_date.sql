-- One row a written date or instant in digits that stands for a day: what nearly all are.
with shaped as (
    select written_date.*, "order",
           regexp_extract(trim(written), '^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?Z?)?$', ['y', 'a', 'b', 'h', 'm', 's']) as led,
           regexp_extract(trim(written), '^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?Z?)?$', ['a', 'b', 'y', 'h', 'm', 's']) as ended,
           regexp_extract(trim(written), '^(\d{4})(\d{2})(\d{2})$', ['y', 'a', 'b']) as compact
    from written_date join date_order using (source, field)
),
numbered as (
    select source, field, written,
           coalesce(nullif(led.y, ''), nullif(ended.y, ''), compact.y) as y,
           case when led.y <> '' then led.a when ended.y = '' then compact.a when "order" = 'mdy' then ended.a else ended.b end as m,
           case when led.y <> '' then led.b when ended.y = '' then compact.b when "order" = 'mdy' then ended.b else ended.a end as d,
           compact.y <> '' as by_position,
           coalesce(nullif(led.h, ''), nullif(ended.h, ''), '00') as hour,
           coalesce(nullif(led.m, ''), nullif(ended.m, ''), '00') as minute,
           coalesce(nullif(led.s, ''), nullif(ended.s, ''), '00') as second
    from shaped where led.y <> '' or ended.y <> '' or compact.y <> ''
),
placed as (
    -- A month of 13 or more beside a day that could be one: they changed places.
    select * exclude (m, d),
           case when m::INT > 12 and d::INT <= 12 and not by_position then d else m end as m,
           case when m::INT > 12 and d::INT <= 12 and not by_position then m else d end as d
    from numbered
),
dated as (
    select *, try_cast(y || '-' || lpad(m, 2, '0') || '-' || lpad(d, 2, '0') as date) as day from placed
)
select source, field, written,
       case when field = 'updated' then strftime(day, '%Y-%m-%d') || 'T' || hour || ':' || minute || ':' || second || 'Z'
            else strftime(day, '%Y-%m-%d') end as value
from dated
where day is not null and y::INT between $earliest and $latest and not list_contains($placeholders, strftime(day, '%Y-%m-%d'))
    and hour::INT <= 23 and minute::INT <= 59 and second::INT <= 59
