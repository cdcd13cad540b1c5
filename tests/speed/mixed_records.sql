-- One row a record of a person or a firm, most of its values filled, in many spellings.
with seeded as (
    select i, hash(i, 'mixed') as h from range($rows) as t(i)
),
picked as (
    select i,
           $given[1 + (h % len($given))::INT] as given,
           $family[1 + ((h // 7919) % len($family))::INT] as family,
           $towns[1 + ((h // 31) % len($towns))::INT] as town,
           $streets[1 + ((h // 17) % len($streets))::INT] as street,
           (h // 1000003) % 100 as a, (h // 10007) % 100 as b, (h // 100003) % 100 as c, h
    from seeded
)
select i as Id,
       case when a < 70 then case when b < 30 then upper(given) else given end end as FirstName,
       case when a < 70 then case when b < 30 then upper(family) else family end end as LastName,
       case when a between 70 and 84 then case when b < 50 then upper(family || ' ' || given) else given || ' ' || family end
            when a >= 85 then $trades[1 + (b % len($trades))::INT] || ' ' || family || ' ' || $forms[1 + (c % len($forms))::INT]
       end as Nominativo,
       case when b < 70 then lower(case when c < 50 then given || '.' || family else left(given, 1) || family || (c::VARCHAR) end)
           || '@' || $providers[1 + (c % len($providers))::INT] end as Email,
       case when c < 70 then case b % 4
           when 0 then '+39 3' || (20 + h % 70)::VARCHAR || ' ' || (1000000 + (h // 13) % 9000000)::VARCHAR
           when 1 then '03' || (5 + h % 5)::VARCHAR || '/' || (100000 + (h // 13) % 900000)::VARCHAR
           when 2 then '003934' || (h % 10)::VARCHAR || (1000000 + (h // 13) % 9000000)::VARCHAR
           else 'Tel. 02-' || (1000000 + (h // 13) % 9000000)::VARCHAR end end as Phone,
       case when b < 75 then street || case c % 3 when 0 then ', ' when 1 then ' n. ' else ' ' end || (1 + (h // 11) % 180)::VARCHAR end as Street,
       case when b < 80 then town.city end as City,
       case when b < 80 then town.province end as Province,
       case when b < 80 then town.cap end as Zip,
       case when a < 85 and c < 40 and b < 50 then strftime(date '1940-01-01' + ((h // 19) % 24000)::INT, '%d/%m/%Y')
            when a < 85 and c < 40 then (date '1940-01-01' + ((h // 19) % 24000)::INT)::VARCHAR end as Birthdate,
       strftime(timestamp '2015-01-01' + to_seconds(((h // 23) % 300000000)::BIGINT), '%Y-%m-%dT%H:%M:%SZ') as LastModified
from picked order by i
