"""Reads a place in a process of its own, by `unify`'s connector or by a peer alone.

    python -m tests.speed.reading csv|sql|xlsx|duckdb|calamine PLACE [TABLE]

Prints a JSON object of the rows and the seconds.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path


def csv(place: str, _: str) -> Iterable[int]:
    from unify_connectors.delimited import DelimitedText

    return (batch.records.num_rows for batch in DelimitedText(Path(place)).read())


def sql(place: str, table: str) -> Iterable[int]:
    from unify_connectors.sql import SqlSource

    return (batch.records.num_rows for batch in SqlSource(place, table=table).read())


def xlsx(place: str, _: str) -> Iterable[int]:
    from unify_connectors.spreadsheet import Spreadsheet

    return (batch.records.num_rows for batch in Spreadsheet(Path(place)).read())


def duckdb(place: str, _: str) -> Iterable[int]:
    import duckdb

    query = "select * from read_csv(?, delim = ';', all_varchar = true, header = true)"
    connection = duckdb.connect()
    return (b.num_rows for b in connection.sql(query, params=[place]).to_arrow_reader(50_000))


def calamine(place: str, _: str) -> Iterable[int]:
    from python_calamine import CalamineWorkbook

    def rows() -> Iterable[int]:
        workbook = CalamineWorkbook.from_path(place)
        for _ in workbook.get_sheet_by_name(workbook.sheet_names[0]).iter_rows():
            yield 1

    return rows()


READERS: dict[str, Callable[[str, str], Iterable[int]]] = {
    "csv": csv,
    "sql": sql,
    "xlsx": xlsx,
    "duckdb": duckdb,
    "calamine": calamine,
}
NEEDED = {
    "csv": ("pyarrow.csv", "pyarrow.compute"),
    "sql": ("pyarrow.compute", "sqlalchemy"),
    "xlsx": ("pyarrow.compute",),
}


def main(kind: str, place: str, table: str) -> None:
    """Read a place, and say what it cost; what libraries take to load does not count."""
    for module in NEEDED.get(kind, ()):
        import_module(module)
    counts = READERS[kind](place, table)
    started = time.perf_counter()
    rows = sum(counts)
    print(json.dumps({"rows": rows, "seconds": round(time.perf_counter() - started, 3)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
