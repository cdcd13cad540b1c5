"""What standard forms cost, beside a plain loop over the libraries: printed, and kept in
build/bench-standardise.json. Nothing is asserted of time."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from tests.measured import Measured, measured
from tests.speed.mixed_records import write_mixed_records

ROOT = Path(__file__).parents[2]
RECORDS, LOOPED = 1_000_000, 20_000
RESULT = ROOT / "build" / "bench-standardise.json"


@pytest.mark.bench
def test_a_million_mixed_records_are_standardised(tmp_path: Path) -> None:
    write_mixed_records(tmp_path / "mixed.csv", RECORDS)
    staged = _python("stage", os.fspath(tmp_path))
    looped = _python("loop", os.fspath(tmp_path), str(LOOPED))
    (first, again), loop = json.loads(staged.output)["seconds"], json.loads(looped.output)
    figures = {
        "records": RECORDS,
        "seconds": first,
        "seconds of a second run": again,
        "megabytes": staged.megabytes,
        "seconds of a loop": round(loop["seconds"] * RECORDS / LOOPED),
        "looped records": LOOPED,
        "times faster": round(loop["seconds"] * RECORDS / LOOPED / first, 1),
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print("\nstandardise", *(f"  {name}  {value}" for name, value in figures.items()), sep="\n")


def _python(*arguments: str) -> Measured:
    return measured([sys.executable, "-m", "tests.speed.standardising", *arguments], ROOT)
