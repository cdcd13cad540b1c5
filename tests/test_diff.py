"""What differs between generations is told; what was published can be taken back."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import duckdb
import pytest

from tests.projects import CRM, Project, made
from unify.decisions import Judgement
from unify.pipeline import Outcome, accept
from unify.undo import undo

TOML = f'{CRM}[sources.erp]\npath = "erp.csv"\nkey = "Id"\n'
HEADER = "Id,Nome,Cognome,Email,Consenso,Tel\n"
ANNA = "1,Anna,Rossi,anna.rossi71@libero.it,no,\n"
CRM_BEFORE = f"{HEADER}{ANNA}2,Bruno,Galli,bruno.galli@libero.it,sì,035 123456\n3,Carla,Neri,carla.neri@libero.it,,\n"
CRM_NOW = f"{HEADER}2,Bruno,Galli,bruno.galli@libero.it,sì,035 999888\n4,Dario,Conti,dario.conti@libero.it,,\n"
ERP = f"{HEADER}7,Anna,Rossi,anna.rossi71@libero.it,sì,\n"


@pytest.fixture(scope="module")
def two_runs(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project whose CRM lost two people, gained one and changed one; both runs published."""
    files = {"crm.csv": CRM_BEFORE, "erp.csv": ERP}
    project = made(tmp_path_factory.mktemp("diff"), f"{TOML}[publish]\nmin_rows = 0.1\n", files)
    project.run(0)
    project.write("crm.csv", CRM_NOW)
    project.run(1)
    return project


@pytest.fixture
def project(two_runs: Project, tmp_path: Path) -> Project:
    """A copy of it, to change."""
    return Project(shutil.copytree(two_runs.folder, tmp_path / "copy", symlinks=True))


def sums_hold(project: Project) -> bool:
    """Whether every published file has the sha256 that run.json states."""
    return all(
        hashlib.sha256((project.golden / name).read_bytes()).hexdigest() == told["sha256"]
        for name, told in project.summary["files"].items()
    )


def test_who_came_and_went_and_what_changed_is_told(two_runs: Project) -> None:
    told = json.loads(two_runs.unify("diff", "--json").stdout)
    carla, dario = (len(told[change]) for change in ("gone", "come"))
    assert (carla, dario) == (1, 1)
    changed = {(row["field"], row["before"], row["now"]) for row in told["changed"]}
    assert ("phone", "+39035123456", "+39035999888") in changed
    assert told["totals"]["records of crm"] == [3, 2]


def test_a_refusal_outlives_the_record_that_said_it(two_runs: Project) -> None:
    told = json.loads(two_runs.unify("show", "erp:7", "--json").stdout)
    assert told["golden"]["consent_marketing"] == "no"
    (consent,) = [row for row in told["lineage"] if row["field"] == "consent_marketing"]
    assert (consent["source"], consent["source_key"], consent["rule"]) == (
        "crm",
        "1",
        "most_restrictive",
    )
    assert json.loads(two_runs.unify("diff", "--json").stdout)["consents_loosened"] == []


def test_a_refusal_that_its_own_record_takes_back_is_gone(project: Project) -> None:
    project.write("crm.csv", CRM_BEFORE.replace(",no,", ",sì,"))
    undo(project.plan(2))
    project.run(3)
    told = json.loads(project.unify("show", "erp:7", "--json").stdout)
    assert told["golden"]["consent_marketing"] == "yes"
    found = json.loads(project.unify("diff", "--json").stdout)
    assert found["consents_loosened"] == [told["customer_id"]]
    assert "had refused, and now do not" in project.unify("diff").stdout


def test_a_refusal_follows_the_customer_into_a_merge(project: Project) -> None:
    project.decide("erp:7", "crm:4", Judgement.SAME)
    for minute in (2, 3):
        project.run(minute)
        told = json.loads(project.unify("show", "crm:4", "--json").stdout)
        assert told["golden"]["consent_marketing"] == "no"


def test_undo_publishes_the_generation_before_with_events_of_its_own(project: Project) -> None:
    before = {n: (project.generations.store / "run-20260512T060000Z" / n).read_bytes()
              for n in ("golden_customers.csv", "crosswalk.csv", "golden_customers.parquet", "set_aside.csv")}  # fmt: skip
    customers = project.customers()
    done = undo(project.plan(2))
    assert {name: (project.golden / name).read_bytes() for name in before} == before
    assert sums_hold(project)
    assert project.summary["run_id"] == done["run_id"] == "run-20260512T060200Z"
    events = [e for e in project.published("events") if e["run_id"] == done["run_id"]]
    again = project.customers()
    assert {(e["event"], e["customer_id"]) for e in events} >= {
        ("retired", customers["crm:4"]), ("created", again["crm:3"]), ("changed", again["crm:2"]),
    }  # fmt: skip
    with duckdb.connect(project.golden / "golden.duckdb", read_only=True) as database:
        told = database.sql("select * from events").fetchall()
    assert told == [tuple(v or None for v in e.values()) for e in project.published("events")]
    assert project.unify("show", "crm:3").code == 0
    assert project.unify("explain", "crm:1", "erp:7").code == 0


def test_what_was_undone_stops_at_the_gate_until_something_differs(project: Project) -> None:
    undo(project.plan(2))
    held = project.run(3)
    assert (held.outcome, held.exit_code) == (Outcome.HELD, 3)
    assert held.objections == (
        "run-20260512T060100Z was undone, and sources, decisions and settings are what they were",
    )
    assert "crm:4" not in project.customers()
    assert accept(project.plan(4), held.run_id).outcome is Outcome.PUBLISHED
    assert "crm:4" in project.customers()
    undo(project.plan(5))
    project.decide("crm:2", "crm:4", Judgement.DIFFERENT)
    assert project.run(6).outcome is Outcome.PUBLISHED


def test_the_first_generation_cannot_be_undone(project: Project) -> None:
    undo(project.plan(2))
    done = project.unify("undo")
    assert (done.code, done.stdout) == (1, "")
    assert "there is no generation before the published one" in done.stderr


def test_a_held_candidate_is_compared_with_what_is_published(project: Project) -> None:
    project.write("unify.toml", TOML)
    project.write("crm.csv", HEADER + ANNA)
    held = project.run(2)
    assert held.outcome is Outcome.HELD
    told = json.loads(project.unify("diff", "--json").stdout)
    assert (told["before"], told["now"]) == ("run-20260512T060100Z", held.run_id)
    assert told["gate"] == list(held.objections)


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        (("run-20990101T000000Z",), "the generation of this run is not kept\nKept are: run-2026"),
        (("run-20260512T060000Z",), "this is the first generation: there is none before it"),
    ],
)
def test_what_cannot_be_compared_is_said(
    two_runs: Project, runs: tuple[str, ...], said: str
) -> None:
    done = two_runs.unify("diff", *runs)
    assert done.code in (1, 2)
    assert said in done.stderr


def test_two_runs_are_compared_in_the_order_named(two_runs: Project) -> None:
    runs = ("run-20260512T060100Z", "run-20260512T060000Z")
    told = json.loads(two_runs.unify("diff", *runs, "--json").stdout)
    assert [row["customer_id"] for row in told["gone"]] == [two_runs.customers()["crm:4"]]
