"""What reading costs beside the peers, in one run; printed, and kept in build/bench-reading.json.

Nothing is asserted of time.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from tests.measured import measured

ROOT = Path(__file__).parents[2]
RESULT = ROOT / "build" / "bench-reading.json"
REPEATS = 3

pytestmark = pytest.mark.bench


def best(kind: str, place: object, table: str = "") -> dict[str, Any]:
    """The best of some processes that read a place: the rows, the seconds, the megabytes."""
    command = [sys.executable, "-m", "tests.speed.reading", kind, os.fspath(str(place)), table]
    runs = [measured(command, ROOT) for _ in range(REPEATS)]
    told = [{**json.loads(run.output), "MB": run.megabytes} for run in runs]
    return min(told, key=lambda run: float(run["seconds"]))


def note(measure: str, **figures: dict[str, Any]) -> None:
    """Print a measure, and keep it beside the others."""
    known = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {}
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps({**known, measure: figures}, indent=2) + "\n", encoding="utf-8")
    for who, told in figures.items():
        rate = told["rows"] / told["seconds"]
        print(
            f"\n{measure:<34} {who:<18} {told['rows']:>9,} rows {told['seconds']:>7.2f} s"
            f" {rate:>11,.0f} rows/s {told['MB']} MB",
            end="",
        )


def _csv(file: Path, rows: int) -> Path:
    with file.open("w", encoding="utf-8") as stream:
        stream.write("id;nome;cognome;email;telefono;via;nato\n")
        for n in range(rows):
            stream.write(
                f"{n};Nicolò {n % 997};Bianchi {n % 7919};a{n}@example.com;+39333{1000000 + n};"
                f'"Via Roma; {n % 300}";1980-01-{n % 28 + 1:02}\n'
            )
    return file


@pytest.mark.parametrize("rows", [250_000, 1_000_000])
def test_delimited_text(rows: int, tmp_path: Path) -> None:
    file = _csv(tmp_path / "crm.csv", rows)
    note(f"delimited text, {rows:,} rows", unify=best("csv", file), duckdb=best("duckdb", file))


@pytest.mark.parametrize("rows", [250_000, 1_000_000])
def test_postgresql(rows: int, postgres_url: str) -> None:
    engine, table = create_engine(postgres_url), "unify_reading"
    with engine.begin() as connection:
        connection.execute(text(f"drop table if exists {table}"))
        connection.execute(
            text(
                f"create table {table} as select g as id, 'Nome' || g % 997 as nome,"
                " 'Cognome' || g % 7919 as cognome, 'a' || g || '@example.com' as email,"
                " '+39333' || 1000000 + g as telefono, 'Via Roma ' || g % 300 as via,"
                " date '1950-01-01' + g % 20000 as nato, g % 1000 + 0.50 as saldo,"
                f" timestamp '2020-01-01' + g * interval '1 minute' as visto from generate_series(1, {rows}) g"
            )
        )
    try:
        note(f"PostgreSQL, {rows:,} rows", unify=best("sql", postgres_url, table))
    finally:
        with engine.begin() as connection:
            connection.execute(text(f"drop table {table}"))


def test_spreadsheet(tmp_path: Path) -> None:
    file = tmp_path / "newsletter.xlsx"
    _xlsx(file, 100_000)
    note("xlsx, 100,000 rows", unify=best("xlsx", file), calamine=best("calamine", file))


def _xlsx(file: Path, rows: int) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(file, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["Nome", "Cognome", "Email", "Cellulare", "CAP", "Saldo"])
        for n in range(1, rows + 1):
            row = [f"Nome {n % 997}", f"Cognome {n % 7919}", f"a{n}@example.com", 393330000000 + n]
            sheet.write_row(n, 0, [*row, f"{n % 99999:05}", n / 7])
