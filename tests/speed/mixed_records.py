"""A million records as old systems hold them, made by one query: the same ones every time."""

from __future__ import annotations

from pathlib import Path

import duckdb

from unify.presets import read_lines

STREETS = (
    "Via Roma", "via G. Garibaldi", "V.le Europa", "P.zza Dante", "Corso Italia", "C.so Vittorio Emanuele II",
    "VIA MANZONI", "Via XXV Aprile", "Via San Rocco", "Largo Colombo", "Via Don Minzoni", "Vicolo Chiuso",
    "Via Monte Grappa", "Via dei Mille", "Str. Provinciale", "Via A. Volta",
)  # fmt: skip
TOWNS = (
    ("Bergamo", "BG", "24121"), ("Milano", "MI", "20121"), ("ROMA", "RM", "00187"), ("Torino", "TO", "10121"),
    ("Napoli", "NA", "80121"), ("Treviglio", "BG", "24047"), ("Lecco", "LC", "23900"), ("Brescia", "BS", "25121"),
    ("Forlì", "FC", "47121"), ("Reggio nell'Emilia", "RE", "42121"), ("Bologna", "BO", "40121"), ("Verona", "VR", "37121"),
)  # fmt: skip
TRADES = ("Officine", "Studio", "Impianti", "Tipografia", "Autotrasporti", "Edil", "Pasticceria")
FORMS = ("S.r.l.", "srl", "SNC", "S.p.A.", "s.a.s.", "Soc. Coop. a r.l.", "")
GIVEN = read_lines("names/given_common.txt")[::5]
FAMILY = read_lines("names/family_common.txt")
PROVIDERS = ("gmail.com", "libero.it", "virgilio.it", "alice.it", "tiscali.it", "hotmail.it")

QUERY = """
copy (
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
) to '{target}' (format csv, header)
"""


def write_mixed_records(target: Path, rows: int) -> None:
    """Write `rows` records of people and firms, most fields filled in many spellings, as CSV."""
    with duckdb.connect() as connection:
        connection.execute(
            QUERY.replace("{target}", str(target)),
            {
                "rows": rows,
                "given": [name.title() for name in GIVEN],
                "family": [name.title() for name in FAMILY],
                "towns": [{"city": c, "province": p, "cap": z} for c, p, z in TOWNS],
                "streets": list(STREETS),
                "trades": list(TRADES),
                "forms": list(FORMS),
                "providers": list(PROVIDERS),
            },
        )
