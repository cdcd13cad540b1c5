"""Rivals are given every record, and judged as `unify` is."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

from tests.quality import italian_contacts
from tests.quality.linkage_sets import SETS, LinkageSet, write_sources
from tests.quality.rival_table import description, gather, scored, write_csv
from tests.quality.rivals import refused
from tests.quality.table import replaced, table
from unify.truth import read_truth

TWO = {
    "right": [{"key": "1", " name": " Ann ", "town": "Ely"}],
    "left": [{"key": "1", " name": "ANN", "town": ""}, {"key": "2", " name": "Bob", "town": "Rye"}],
}
ENTITIES = {("left", "1"): "a", ("right", "1"): "a", ("left", "2"): "b"}
FIGURES = {
    "records": 1234,
    "unify": {"precision": 1, "recall": 0.5, "f1": 2 / 3, "bcubed": 0.8, "largest_mixture": 0}
    | {"seconds": 2.345, "megabytes": 300},
    "splink": {"precision": 0.9, "recall": 0.5, "f1": 0.6, "bcubed": 0.7, "largest_mixture": 12}
    | {"best_f1": 0.7, "best_threshold": 0.5, "seconds": 1, "megabytes": None},
    "goldenmatch": {"refused": "no answer in 100 s"},
}


def test_records_are_told_in_lower_case_and_without_blanks(tmp_path: Path) -> None:
    write_sources(tmp_path, "two", "GB", TWO, ENTITIES)
    with duckdb.connect() as database:
        assert gather(database, tmp_path) == ["left", "right"]
        assert write_csv(database, tmp_path / "rival.csv") == ["left:1", "left:2", "right:1"]
    with (tmp_path / "rival.csv").open(encoding="utf-8", newline="") as file:
        told = [["name", "town"], ["ann", ""], ["bob", "rye"], ["ann", "ely"]]
        assert list(csv.reader(file)) == told


def test_every_record_of_the_five_systems_is_told(tmp_path: Path) -> None:
    truth = italian_contacts.write_project(tmp_path, 300, seed=5)
    with duckdb.connect() as database:
        gather(database, tmp_path)
        ids = write_csv(database, tmp_path / "rival.csv")
        told = set(database.table("record").columns)
    assert sorted(ids) == sorted(f"{source}:{key}" for source, key in read_truth(truth))
    of = description(tmp_path)
    assert {*of["names"], *of["texts"], *of["dates"], *of["exact"]} < told


def test_clusters_are_judged_by_the_truth(tmp_path: Path) -> None:
    truth = write_sources(tmp_path, "two", "GB", TWO, ENTITIES)
    assert scored([("left:1", "x"), ("right:1", "x")], truth)["f1"] == 1
    wrong = scored([("left:1", "x"), ("left:2", "x")], truth)
    assert (wrong["precision"], wrong["recall"], wrong["largest_mixture"]) == (0, 0, 2)


@pytest.mark.real
@pytest.mark.parametrize("chosen", SETS, ids=lambda chosen: chosen.name)
def test_plain_splink_knows_the_columns_of_every_set(chosen: LinkageSet, tmp_path: Path) -> None:
    if chosen.missing:
        pytest.skip(f"{chosen.name} is not on this machine")
    sources, entities = chosen.load(chosen.paths)
    write_sources(tmp_path, chosen.name, chosen.country, sources, entities)
    of = description(tmp_path)
    with duckdb.connect() as database:
        gather(database, tmp_path)
        told = set(database.table("record").columns)
    assert {*of["names"], *of["texts"], *of["dates"], *of["exact"]} < told


def test_a_rival_s_failure_is_its_last_line() -> None:
    assert refused(AssertionError("Traceback\nValueError: no\nassert 1 == 0")) == {
        "refused": "ValueError: no"
    }


def test_the_table_has_a_row_for_each_that_was_measured() -> None:
    _, _, ours, plain, other = table({"a set": FIGURES}).splitlines()
    assert (
        ours
        == "| a set | 1,234 | **unify** | 1.0000 | 0.5000 | 0.6667 | 0.8000 | 0 |  | 2.3 | 300 |"
    )
    assert plain.endswith("| 0.9000 | 0.5000 | 0.6000 | 0.7000 | 12 | 0.7000 at 0.5 | 1.0 | ? |")
    assert "_no answer in 100 s_" in other
    assert len({row.count("|") for row in (ours, plain, other)}) == 1


def test_the_readme_keeps_what_is_around_the_table() -> None:
    readme = "before\n<!-- quality:begin -->\nold\n<!-- quality:end -->\nafter\n"
    assert replaced(readme, "new") == readme.replace("old", "new")
