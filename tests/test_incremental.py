"""A run that goes on from the last one publishes what one that does all anew does."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.histories import History, pool
from tests.projects import Project, made
from unify import pipeline

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
