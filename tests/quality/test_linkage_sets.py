"""Matching quality on sets with a truth, by the command line: build/quality.json."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.measured import unify
from tests.quality import italian_contacts
from tests.quality.linkage_sets import GENERATED, SETS, LinkageSet, write_project

RESULT = Path(__file__).parents[2] / "build" / "quality.json"

pytestmark = pytest.mark.quality


@pytest.fixture(scope="module", autouse=True)
def no_earlier_result() -> None:
    """Figures of two versions never stand in one result."""
    RESULT.unlink(missing_ok=True)


@pytest.mark.parametrize(("name", "records"), GENERATED.items())
def test_generated_contacts_are_matched(name: str, records: int, tmp_path: Path) -> None:
    measure(name, tmp_path, italian_contacts.write_project(tmp_path, records, seed=1))


@pytest.mark.real
@pytest.mark.parametrize("chosen", SETS, ids=lambda chosen: chosen.name)
def test_a_set_is_matched(chosen: LinkageSet, tmp_path: Path) -> None:
    if not chosen.path.is_file():
        pytest.skip(f"{chosen.name} is not on this machine")
    measure(chosen.name, tmp_path, write_project(chosen, tmp_path))


def measure(name: str, folder: Path, truth: Path) -> None:
    """Run a project and note what came out."""
    done = unify("match", "--json", folder=folder)
    summary = json.loads(done.output)
    found = json.loads(unify("evaluate", "--json", str(truth), folder=folder).output)
    assert found["not_published"] == 0
    score = {name: round(value, 4) for name, value in found["pairwise"].items()}
    figures = {
        "records": summary["records"],
        "customers": summary["customers"],
        **score,
        "seconds": round(done.seconds, 1),
        "megabytes": done.megabytes,
    }
    print(f"\n{name:<14}  {figures}", end="")
    known = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {}
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps({**known, name: figures}, indent=2) + "\n", "utf-8")
