"""What a run expects to have got wrong, beside what it got wrong."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.projects import Project
from tests.quality import italian_contacts
from unify.linkage.capture import Captured
from unify.workspace import opened

Groups = dict[str, list[str]]


class Lenient(NamedTuple):
    """What a run said of itself, whom it joined, who is who, and which pairs it scored."""

    summary: dict[str, Any]
    customers: Groups
    entities: Groups
    scored: set[tuple[Any, ...]]


@pytest.mark.parametrize(
    ("by_one", "by_two", "missed"),
    [(0, 5, 0.0), (1, 0, 0.0), (10, 4, 9.0), (10, 0, 45.0)],
)
def test_matches_that_one_rule_found_tell_of_those_that_none_did(
    by_one: int, by_two: int, missed: float
) -> None:
    assert Captured(100, by_one, by_two).missed == missed


def test_without_likely_matches_there_is_no_recall() -> None:
    assert Captured(0, 0, 0).recall is None


@pytest.fixture(scope="module")
def lenient(tmp_path_factory: pytest.TempPathFactory) -> Lenient:
    """A project that merges what is only likely."""
    folder = tmp_path_factory.mktemp("lenient")
    truth = italian_contacts.write_project(folder, 3_000, seed=7)
    with (folder / "unify.toml").open("a", encoding="utf-8") as file:
        file.write("\n[match]\nauto_merge = 0.6\nreview = 0.3\n")
    project = Project(folder)
    summary = project.run().summary
    customers: Groups = {}
    for row in project.published("crosswalk"):
        customers.setdefault(row["customer_id"], []).append(row["record_id"])
    with opened(folder / "unify.duckdb") as workspace:
        scored = set(workspace.select("select record_id_l, record_id_r from scored_pair"))
    return Lenient(summary, customers, _entities(truth), scored)


def test_the_false_merges_that_are_expected_are_about_those_there_are(
    lenient: Lenient,
) -> None:
    summary, customers, entities, _ = lenient
    entity = {record: name for name, records in entities.items() for record in records}
    joined = [pair for records in customers.values() for pair in combinations(records, 2)]
    false = sum(entity[left] != entity[right] for left, right in joined)
    assert summary["joined_pairs"] == len(joined)
    assert false > 20
    assert false / 3 < summary["expected_false"] < 3 * false


def test_the_recall_of_blocking_that_is_expected_is_about_what_it_is(
    lenient: Lenient,
) -> None:
    summary, _, entities, scored = lenient
    true = {pair for records in entities.values() for pair in combinations(sorted(records), 2)}
    people, firms = (linkage["blocking"]["recall"] for linkage in summary["linkage"])
    assert people == pytest.approx(len(true & scored) / len(true), abs=0.06)
    assert people < firms <= 1


def _entities(truth: Path) -> Groups:
    groups: Groups = {}
    with truth.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            groups.setdefault(row["entity"], []).append(f"{row['source']}:{row['source_key']}")
    assert Counter(map(len, groups.values()))[1] < len(groups)
    return groups
