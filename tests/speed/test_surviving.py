"""What survivorship and publishing cost: printed, and kept in build/bench-surviving.json.

Nothing is asserted of time. Who is who is taken from the truth.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.measured import measured
from tests.quality import italian_contacts

ROOT = Path(__file__).parents[2]
RESULT = ROOT / "build" / "bench-surviving.json"
STEPS = ("ids", "survivorship and lineage", "writing")


def test_true_customers_are_published(tmp_path: Path) -> None:
    figures = finished(300, tmp_path)
    assert figures["customers"] < 300
    assert set(STEPS) < set(figures)
    (written,) = (tmp_path / ".generations").iterdir()
    told = json.loads((written / "run.json").read_text(encoding="utf-8"))
    assert told["files"]["golden_customers.csv"]["rows"] == figures["customers"]


@pytest.mark.bench
def test_a_hundred_thousand_records_survive(tmp_path: Path) -> None:
    note(100_000, finished(100_000, tmp_path))


@pytest.mark.soak
def test_a_million_records_survive(tmp_path: Path) -> None:
    note(1_000_000, finished(1_000_000, tmp_path))


def finished(records: int, folder: Path) -> dict[str, Any]:
    """What it costs to finish a run on generated contacts, and how busy the machine was."""
    italian_contacts.write_project(folder, records, seed=1)
    for half in ("prepare", "link"):
        python("tests.speed.linking", half, os.fspath(folder))
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    told, megabytes = python("tests.speed.surviving", os.fspath(folder))
    return {**told, "megabytes": megabytes, "load before": load}


def python(module: str, *arguments: str) -> tuple[dict[str, Any], int | None]:
    done = measured([sys.executable, "-m", module, *arguments], ROOT)
    return dict(json.loads(done.output.splitlines()[-1])), done.megabytes


def note(records: int, figures: dict[str, Any]) -> None:
    """Put the figures of a size beside those of the other one."""
    known = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {}
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps({**known, str(records): figures}, indent=2) + "\n", "utf-8")
    print(
        f"\nfinishing {records:,} records", *(f"  {k}  {v}" for k, v in figures.items()), sep="\n"
    )
