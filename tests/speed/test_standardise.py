"""How long standard forms take: seconds, printed and kept in build/bench-standardise.json."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from tests.projects import made
from tests.speed.mixed_records import write_mixed_records
from unify.land import land
from unify.standardise import standardise
from unify.workspace import opened

RECORDS = 200_000
RESULT = Path(__file__).parents[2] / "build" / "bench-standardise.json"
TOML = '[sources.mixed]\npath = "mixed.csv"\nkey = "Id"\nupdated = "LastModified"\n'


@pytest.mark.bench
def test_mixed_records_are_standardised(tmp_path: Path) -> None:
    project = made(tmp_path, TOML)
    write_mixed_records(tmp_path / "mixed.csv", RECORDS)
    with opened(tmp_path / "unify.duckdb") as workspace:
        landed = land(workspace, project.plan().sources, ())
        started = time.monotonic()
        standard = standardise(workspace, landed.records, "IT")
        seconds = time.monotonic() - started
        assert workspace.count(standard.records) == RECORDS
    figures = {"records": RECORDS, "seconds": round(seconds, 1)}
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(f"\nstandardise  {figures}", end="")
