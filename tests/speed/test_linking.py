"""What linking costs beside a plain Splink script: printed, and kept in build/bench-linking.json.

Nothing is asserted of time. Splink's seconds are those of predicting and clustering; `unify`
trains within its own.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.measured import Measured, measured
from tests.quality import italian_contacts

ROOT = Path(__file__).parents[2]
RESULT = ROOT / "build" / "bench-linking.json"


def test_both_sides_link_what_they_are_given(tmp_path: Path) -> None:
    figures = compared(200, tmp_path)
    assert figures["unify"].keys() == {"match", "cluster", "megabytes"}
    assert figures["splink"]["predict and cluster"] < figures["splink"]["with reading and training"]


@pytest.mark.bench
def test_a_hundred_thousand_records_are_linked(tmp_path: Path) -> None:
    note(100_000, compared(100_000, tmp_path))


@pytest.mark.soak
def test_a_million_records_are_linked(tmp_path: Path) -> None:
    note(1_000_000, compared(1_000_000, tmp_path))


def compared(records: int, folder: Path) -> dict[str, Any]:
    """What it costs to link generated contacts by `unify`'s stages, and by Splink."""
    italian_contacts.write_project(folder, records, seed=1)
    prepared = python("tests.speed.linking", "prepare", os.fspath(folder))
    linked = python("tests.speed.linking", "link", os.fspath(folder))
    plain = python("tests.quality.plain_splink", os.fspath(folder))
    splink = told(plain)
    return {
        "before": {**told(prepared), "megabytes": prepared.megabytes},
        "unify": {**told(linked), "megabytes": linked.megabytes},
        "splink": {
            "predict and cluster": splink["predict_and_cluster"],
            "with reading and training": splink["seconds"],
            "megabytes": plain.megabytes,
        },
    }


def python(module: str, *arguments: str) -> Measured:
    return measured([sys.executable, "-m", module, *arguments], ROOT)


def told(done: Measured) -> dict[str, Any]:
    """The JSON object that a script printed."""
    return dict(json.loads(done.output.splitlines()[-1]))


def note(records: int, figures: dict[str, Any]) -> None:
    """Put the figures of a size beside those of the other one."""
    known = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {}
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps({**known, str(records): figures}, indent=2) + "\n", "utf-8")
    print(f"\nlinking {records:,} records", *(f"  {k}  {v}" for k, v in figures.items()), sep="\n")
