"""What commands cost, printed and written to build/bench.json. Nothing is asserted of time."""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
from pathlib import Path

import pytest

from tests.measured import unify

ROOT = Path(__file__).parents[2]
RESULT = ROOT / "build" / "bench.json"
SOURCES = ("*.csv", "*.db", "*.xlsx", "unify.toml")
HELP_RUNS = 5

pytestmark = pytest.mark.bench


@pytest.fixture(scope="module", autouse=True)
def no_earlier_result() -> None:
    """Figures of two versions never stand in one result."""
    RESULT.unlink(missing_ok=True)


def _note(measure: str, **figures: object) -> None:
    """Print a measure, and put it beside the others in the result."""
    known = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {}
    known["machine"] = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    known[measure] = figures
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")
    told = "  ".join(f"{name} {value}" for name, value in figures.items())
    print(f"\n{measure:<28}  {told}", end="")


def test_help_answers(tmp_path: Path) -> None:
    runs = [unify("--help", folder=tmp_path) for _ in range(HELP_RUNS)]
    _note("unify --help", seconds=statistics.median(run.seconds for run in runs))


def test_the_example_is_matched(tmp_path: Path) -> None:
    for pattern in SOURCES:
        for file in (ROOT / "examples" / "officine-bianchi").glob(pattern):
            shutil.copy(file, tmp_path)
    done = unify("match", "--json", folder=tmp_path)
    records = json.loads(done.output)["records"]
    _note("unify match, the example", records=records, seconds=done.seconds, MB=done.megabytes)
