"""A run that goes on from the last one publishes what one that does all anew does."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.histories import History, pool
from tests.projects import Project, made
from unify import pipeline
from unify.workspace import opened

RECORDS = 420
SAME = ("golden_customers", "crosswalk", "lineage", "relations", "events", "aliases", "scored_pair")
# What run.json says of a run, but for its time and files.
TOLD = (
    "sources", "columns", "unused", "customers", "by_kind", "by_systems", "inputs", "events",
    "displaced", "linkage", "review_pairs", "gate",
)  # fmt: skip


def run_both(incremental: Project, whole: Project, minute: int) -> None:
    """Carry out a load in both projects: in one of them by all that the last run left."""
    incremental.run(minute)
    pipeline.run(whole.plan(minute), dry_run=False, progress=lambda _: None, full=True)


def differences(one: Project, other: Project) -> list[str]:
    """The published tables, and facts of the run, in which two projects differ."""
    told, retold = one.summary, other.summary
    found = [name for name in TOLD if told[name] != retold[name]]
    with duckdb.connect() as both:
        for name, project in (("one", one), ("other", other)):
            both.execute(f"attach '{project.golden / 'golden.duckdb'}' as {name} (read_only)")
        for table in SAME:
            for here, there in (("one", "other"), ("other", "one")):
                more = both.execute(
                    f"from {here}.{table} except all from {there}.{table}"
                ).fetchall()
                if more:
                    found.append(f"{table}: {more[:2]}")
    return found


def lived(folder: Path, seed: int, loads: int, records: int = RECORDS) -> list[list[str]]:
    """What two projects differ in after each load of a history."""
    history = History(seed, pool(folder / "pool", records, seed))
    projects = made(folder / "incremental"), made(folder / "whole")
    history.begin(*projects)
    found = []
    for load in range(loads):
        run_both(*projects, load)
        found.append(differences(*projects))
        history.load(*projects)
        if load % 3 == 1:
            history.decide(*projects)
    return found


@pytest.mark.parametrize("seed", range(5))
def test_a_history_of_loads_gives_the_same_as_doing_all_anew(seed: int, tmp_path: Path) -> None:
    assert lived(tmp_path, seed, 8) == [[]] * 8


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 150))
def test_long_histories_give_the_same_as_doing_all_anew(seed: int, tmp_path: Path) -> None:
    assert lived(tmp_path, seed, 30) == [[]] * 30


def spoilt(project: Project) -> int:
    """How many pairs the last run gave the weight that a test wrote into the workspace."""
    with opened(project.folder / "unify.duckdb") as workspace:
        ((pairs,),) = workspace.select("select count(*) from scored_pair where match_weight = 40")
    return int(pairs)


def test_pairs_of_records_that_are_as_they_were_are_not_scored_again(tmp_path: Path) -> None:
    history = History(0, pool(tmp_path / "pool", RECORDS, 0))
    project = made(tmp_path / "project")
    history.begin(project)
    project.run()
    with opened(project.folder / "unify.duckdb") as workspace:
        workspace.connection.execute("update person_pair set match_weight = 40, anchored = true")
    project.run(1)
    assert spoilt(project) > 100
    pipeline.run(project.plan(2), dry_run=False, progress=lambda _: None, full=True)
    assert spoilt(project) == 0


def test_a_run_that_was_cut_short_leaves_nothing_to_go_on_from(tmp_path: Path) -> None:
    history = History(0, pool(tmp_path / "pool", RECORDS, 0))
    project = made(tmp_path / "project")
    history.begin(project)
    project.run()
    before = project.customers()
    with opened(project.folder / "unify.duckdb") as workspace:
        workspace.connection.execute("update person_pair set match_weight = 40, anchored = true")
        workspace.drop("complete")
    project.run(1)
    assert project.customers() == before
