"""The first rows of a golden table: `python first_rows.py FOLDER`, where unify publishes to."""

from __future__ import annotations

import csv
import json
import sys
from itertools import islice
from pathlib import Path

ROWS, WIDEST = 12, 30
COLUMNS = ("customer_id", "kind", "full_name", "email", "phone", "city", "sources", "records")


def first_rows(folder: Path) -> list[tuple[str, ...]]:
    """The header and the first golden customers, cut to what a screen shows."""
    with (folder / "golden_customers.csv").open(encoding="utf-8", newline="") as file:
        customers = islice(csv.DictReader(file), ROWS)
        return [COLUMNS, *(tuple(_cut(row[name]) for name in COLUMNS) for row in customers)]


def _cut(value: str) -> str:
    return value if len(value) <= WIDEST else f"{value[: WIDEST - 1]}…"


def show(folder: Path) -> None:
    """Print the first golden customers, and how many records they were made of."""
    rows = first_rows(folder)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        line = "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True))
        print(line.rstrip())
    summary = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    print(f"\n{summary['records']} records became {summary['customers']} customers.")


if __name__ == "__main__":
    show(Path(sys.argv[1]))
