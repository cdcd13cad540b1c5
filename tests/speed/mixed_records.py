"""A million records as old systems hold them, made by one query: the same ones every time."""

from __future__ import annotations

from pathlib import Path

import duckdb

from unify.presets import read_lines

STREETS = (
    "Via Roma", "via G. Garibaldi", "V.le Europa", "P.zza Dante", "Corso Italia", "VIA MANZONI",
    "C.so Vittorio Emanuele II", "Via XXV Aprile", "Via San Rocco", "Largo Colombo",
    "Via Don Minzoni", "Vicolo Chiuso", "Via Monte Grappa", "Via dei Mille", "Str. Provinciale",
    "Via A. Volta",
)  # fmt: skip
TOWNS = (
    ("Bergamo", "BG", "24121"), ("Milano", "MI", "20121"), ("ROMA", "RM", "00187"),
    ("Torino", "TO", "10121"), ("Napoli", "NA", "80121"), ("Treviglio", "BG", "24047"),
    ("Lecco", "LC", "23900"), ("Brescia", "BS", "25121"), ("Forlì", "FC", "47121"),
    ("Reggio nell'Emilia", "RE", "42121"), ("Bologna", "BO", "40121"), ("Verona", "VR", "37121"),
)  # fmt: skip
TRADES = ("Officine", "Studio", "Impianti", "Tipografia", "Autotrasporti", "Edil", "Pasticceria")
FORMS = ("S.r.l.", "srl", "SNC", "S.p.A.", "s.a.s.", "Soc. Coop. a r.l.", "")
GIVEN = read_lines("names/given_common.txt")[::5]
FAMILY = read_lines("names/family_common.txt")
PROVIDERS = ("gmail.com", "libero.it", "virgilio.it", "alice.it", "tiscali.it", "hotmail.it")

QUERY = Path(__file__).with_suffix(".sql")


def write_mixed_records(target: Path, rows: int) -> None:
    """Write `rows` records of people and firms, most fields filled in many spellings, as CSV."""
    with duckdb.connect() as connection:
        query = QUERY.read_text(encoding="utf-8")
        connection.execute(
            f"copy ({query}) to '{target}' (format csv, header)",
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
