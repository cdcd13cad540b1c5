"""Killed at any moment, a run leaves one whole generation: every file as run.json states it."""

from __future__ import annotations

import hashlib
import multiprocessing
import random
import time
from itertools import count
from multiprocessing.context import BaseContext
from pathlib import Path

import pytest

from tests.projects import CRM, Project, firms, made
from unify.pipeline import Outcome

TOML = CRM + "[publish]\nmax_retired = 1.0\nmin_rows = 0.0\n"
INPUTS = (firms(range(30)), firms(range(15, 60)))


def publish_in_turn(folder: str, first: int) -> None:
    """Publish two inputs in turn, until somebody ends it."""
    project = Project(Path(folder))
    for turn in count(first):
        project.write("crm.csv", INPUTS[turn % 2])
        project.run(turn)


def whole(project: Project) -> bool:
    """Whether every published file has the sha256 that run.json states, and none is missing."""
    stated = project.summary["files"]
    found = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in project.golden.iterdir()
        if file.name != "run.json"
    }
    return found == {name: told["sha256"] for name, told in stated.items()}


def context() -> BaseContext:
    """Processes that start quickly, where the system can."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload(["unify.pipeline", "tests.projects", "tests.test_kills"])
    return found


def kill(project: Project, times: int, seed: int) -> None:
    chance, starting = random.Random(seed), context()
    project.write("crm.csv", INPUTS[1])
    started = time.monotonic()
    project.run()
    lasts = time.monotonic() - started
    seen = set()
    for turn in range(1, times + 1):
        child = starting.Process(target=publish_in_turn, args=(str(project.folder), turn * 100))
        child.start()
        time.sleep(chance.uniform(0, 2 * lasts))
        child.kill()
        child.join()
        assert whole(project), f"kill {turn} of seed {seed}"
        seen.add(project.summary["run_id"])
    assert len(seen) > 1
    project.write("crm.csv", INPUTS[0])
    done = project.run(times * 1000)
    assert (done.outcome, done.objections) == (Outcome.PUBLISHED, ())
    assert whole(project)
    assert len(project.published("crosswalk")) == 30
    living = {row["customer_id"] for row in project.published("golden_customers")}
    last = {e["customer_id"]: e["event"] for e in project.published("events")}
    assert all((event != "retired") == (customer in living) for customer, event in last.items())
    store = project.generations.store
    assert not [path for path in store.iterdir() if path.suffix == ".part"]


def test_a_run_that_is_killed_leaves_a_whole_generation(tmp_path: Path) -> None:
    kill(made(tmp_path, TOML), 20, seed=1)


@pytest.mark.soak
def test_five_hundred_kills_leave_a_whole_generation_each(tmp_path: Path) -> None:
    kill(made(tmp_path, TOML), 500, seed=2)
