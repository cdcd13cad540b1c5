"""How far golden customers agree, cell by cell, with a list that was cleaned by others."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.projects import Project, made
from tests.quality.linkage_sets import DATA
from tests.quality.results import AGREEMENT, note

MESSY = DATA / "dqbench" / "pipeline_tier1_messy.csv"
CLEAN = DATA / "dqbench" / "pipeline_tier1_clean_deduped.csv"
TOML = '[project]\ncountry = "US"\n[sources.data]\npath = "data.csv"\nkey = "_row_id"\n'
# The published column that a column of the list becomes.
CELLS = {
    "first_name": "given_name", "last_name": "family_name", "email": "email", "phone": "phone",
    "address": "street", "city": "city", "state": "region", "zip": "postcode",
    "company": "organization",
}  # fmt: skip
AIM = 0.95

Cells = Mapping[tuple[str, str], str]


@pytest.mark.quality
@pytest.mark.real
@pytest.mark.skipif(not (MESSY.is_file() and CLEAN.is_file()), reason="not on this machine")
def test_golden_customers_agree_with_the_clean_list(tmp_path: Path) -> None:
    messy = published(tmp_path / "messy", MESSY)
    clean = published(tmp_path / "clean", CLEAN)
    expected = cells(clean, CLEAN)
    found = cells(messy, CLEAN)
    agreeing = sum(found[place] == value for place, value in expected.items())
    share = agreeing / len(expected)
    customers = len(messy.published("golden_customers"))
    rows = len({row for row, _ in expected})
    print(f"\n{AGREEMENT}  {agreeing:,} of {len(expected):,} cells ({share:.4f})  {customers} customers, {rows} expected")  # fmt: skip
    note(AGREEMENT, {"cells": len(expected), "agreeing": agreeing, "customers": customers, "expected": rows})  # fmt: skip
    # No cell that is filled may be lost on the way to its standard form, else it agrees with nothing.
    assert all(expected.values())
    assert customers == rows
    assert share >= AIM


def published(folder: Path, file: Path) -> Project:
    folder.mkdir()
    project = made(folder, TOML, {"data.csv": file.read_bytes()})
    project.run()
    return project


def cells(project: Project, listed: Path) -> Cells:
    """The golden value of each filled cell of a list, by the list's row and column."""
    golden = {row["customer_id"]: row for row in project.published("golden_customers")}
    of_record = project.customers()
    with listed.open(encoding="utf-8", newline="") as rows:
        return {
            (row["_row_id"], column): golden[of_record[f"data:{row['_row_id']}"]][published]
            for row in csv.DictReader(rows)
            for column, published in CELLS.items()
            if row[column].strip()
        }
