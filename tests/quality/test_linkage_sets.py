"""Matching quality on sets with a truth, by the command line: build/quality.json."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.measured import unify
from tests.quality import italian_contacts, rivals
from tests.quality.linkage_sets import GENERATED, LARGE, SETS, LinkageSet, write_project
from tests.quality.results import note

pytestmark = pytest.mark.quality


@pytest.mark.parametrize(
    ("name", "records"),
    [
        *GENERATED.items(),
        *(pytest.param(*large, marks=pytest.mark.large) for large in LARGE.items()),
    ],
)
def test_generated_contacts_are_matched(name: str, records: int, tmp_path: Path) -> None:
    measure(name, tmp_path, italian_contacts.write_project(tmp_path, records, seed=1))


@pytest.mark.real
@pytest.mark.parametrize("chosen", SETS, ids=lambda chosen: chosen.name)
def test_a_set_is_matched(chosen: LinkageSet, tmp_path: Path) -> None:
    if chosen.missing:
        pytest.skip(f"{chosen.name} is not on this machine")
    measure(chosen.name, tmp_path, write_project(chosen, tmp_path))


def measure(name: str, folder: Path, truth: Path) -> None:
    """Match a project, by `unify` and by its rivals, and note what came out."""
    done = unify("match", "--json", folder=folder)
    found = json.loads(unify("evaluate", "--json", str(truth), folder=folder).output)
    assert found["not_published"] == 0
    mixture = found["largest_mixture"]
    figures = {
        "records": found["records"],
        "unify": {
            **found["pairwise"],
            "bcubed": found["bcubed"]["f1"],
            "largest_mixture": mixture["records"] if mixture else 0,
            "seconds": done.seconds,
            "megabytes": done.megabytes,
        },
        "splink": rivals.splink(folder),
        "goldenmatch": rivals.goldenmatch(folder),
    }
    print("", name, *(f"  {one}  {figures[one]}" for one in figures), sep="\n")
    note(name, figures)
