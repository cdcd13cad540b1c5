"""Matching quality on public sets with a truth, by the command line: build/quality.json."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.measured import unify
from tests.quality.linkage_sets import SETS, LinkageSet, write_project

RESULT = Path(__file__).parents[2] / "build" / "quality.json"

pytestmark = [pytest.mark.quality, pytest.mark.real]


@pytest.fixture(scope="module", autouse=True)
def no_earlier_result() -> None:
    """Figures of two versions never stand in one result."""
    RESULT.unlink(missing_ok=True)


@pytest.mark.parametrize("chosen", SETS, ids=lambda chosen: chosen.name)
def test_a_set_is_matched(chosen: LinkageSet, tmp_path: Path) -> None:
    if not chosen.path.is_file():
        pytest.skip(f"{chosen.name} is not on this machine")
    truth = write_project(chosen, tmp_path)
    done = unify("match", "--json", folder=tmp_path)
    summary = json.loads(done.output)
    found = json.loads(unify("evaluate", "--json", str(truth), folder=tmp_path).output)
    assert found["not_published"] == 0
    score = {name: round(value, 4) for name, value in found["pairwise"].items()}
    figures = {
        "records": summary["records"],
        "customers": summary["customers"],
        **score,
        "seconds": round(done.seconds, 1),
        "megabytes": done.megabytes,
    }
    print(f"\n{chosen.name:<14}  {figures}", end="")
    known = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {}
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps({**known, chosen.name: figures}, indent=2) + "\n", "utf-8")
