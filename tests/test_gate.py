"""The gate holds back a candidate that changes too much, until a person accepts it."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from tests.projects import CRM, Project, firms, made
from unify.config import Publish
from unify.errors import ConfigError
from unify.gate import objections
from unify.pipeline import Outcome, accept


def summary(rows: int = 100, *, customers: int = 100, displaced: int = 0) -> dict[str, object]:
    """What the gate reads of a run."""
    return {
        "sources": {"crm": {"rows_read": rows}},
        "customers": customers,
        "displaced": displaced,
    }


@pytest.mark.parametrize(
    ("rows", "held"), [(100, False), (80, False), (79, True), (0, True), (200, False)]
)
def test_a_source_may_shrink_so_far(rows: int, held: bool) -> None:
    assert bool(objections(summary(), summary(rows), Publish(min_rows=0.8))) == held


@pytest.mark.parametrize(
    ("displaced", "customers", "held"),
    [(25, 500, False), (26, 500, True), (20, 100, True), (19, 19, False), (19, 100, False)],
)
def test_so_many_customers_may_disappear_but_never_are_fewer_than_20_held(
    displaced: int, customers: int, held: bool
) -> None:
    then = summary(customers=customers)
    now = summary(displaced=displaced)
    assert bool(objections(then, now, Publish(max_retired=0.05))) == held


def test_an_objection_says_source_and_numbers() -> None:
    (said,) = objections(summary(100), summary(5), Publish())
    assert said == "source 'crm' gave 5 rows, 100 the last time (min_rows = 0.8)"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            {"lost": {"phone": {"had": 100, "lost": 20}}},
            "20 of 100 customers would lose their phone",
        ),
        ({"lost": {"phone": {"had": 100, "lost": 19}}}, ""),
        ({"lost": {"phone": {"had": 200, "lost": 20}}}, ""),
        ({"lost": {"consent_marketing": {"had": 100, "lost": 90}}}, ""),
        ({"loosened": {"had": 100, "now": 20}}, "20 of 100 customers who refused marketing"),
        ({"loosened": {"had": 400, "now": 20}}, ""),
        ({"loosened": {"had": 100, "now": 19}}, ""),
        ({"largest": {"before": 10, "now": 21}}, "the largest customer would have 21 records, 10"),
        ({"largest": {"before": 10, "now": 20}}, ""),
        ({"largest": {"before": 1, "now": 19}}, ""),
    ],
)
def test_values_consents_and_size_are_compared(told: dict[str, object], said: str) -> None:
    found = objections(summary(), {**summary(), **told}, Publish())
    assert [one[: len(said)] for one in found] == ([said] if said else [])


CONTACTS = "Id,Nome,Cognome,Email,Tel,Consenso\n"
NAMES = ("Anna", "Bruno", "Carla", "Dario", "Elena", "Fabio", "Giulia")
FAMILIES = ("Rossi", "Galli", "Neri", "Conti", "Villa")


def contacts(*, phone: bool = True, consent: str = "no", count: int = 30) -> str:
    """People with a mailbox of their own."""
    rows = (
        f"{n},{NAMES[n % 7]},{FAMILIES[n % 5]},p{n}x@libero.it,"
        f"{f'347 55{n:05}' if phone else ''},{consent}\n"
        for n in range(count)
    )
    return CONTACTS + "".join(rows)


def test_a_column_that_is_empty_and_consents_that_turn_are_held_back(tmp_path: Path) -> None:
    project = made(tmp_path, CRM, {"crm.csv": contacts()})
    project.run()
    project.write("crm.csv", contacts(phone=False, consent="sì"))
    held = project.run(1)
    assert held.objections == (
        "30 of 30 customers would lose their phone (max_lost = 0.1)",
        "30 of 30 customers who refused marketing would no longer refuse it (max_loosened = 0.05)",
    )
    told = project.unify("diff").stdout
    assert "30 customers had refused, and now do not" in told
    assert any(line.split() == ["phone", "30", "30"] for line in told.splitlines())


def test_what_stewards_asked_for_is_not_counted(tmp_path: Path) -> None:
    project = made(tmp_path, CRM, {"crm.csv": contacts(count=60)})
    project.run()
    for n in range(0, 60, 2):
        project.decide(f"crm:{n}", f"crm:{n + 1}")
    done = project.run(1)
    assert done.summary["events"] == {"merged": 30}
    assert (done.summary["displaced"], done.outcome) == (0, Outcome.PUBLISHED)


def test_what_was_asked_for_once_excuses_nothing_later(tmp_path: Path) -> None:
    project = made(tmp_path, CRM + "[publish]\nmin_rows = 0.1\n", {"crm.csv": contacts(count=60)})
    project.run()
    for n in range(0, 60, 2):
        project.decide(f"crm:{n}", f"crm:{n + 1}")
    project.run(1)
    project.write("crm.csv", contacts(count=10))
    held = project.run(2)
    assert held.summary["displaced_by"] == {"retired": 25}
    assert held.outcome is Outcome.HELD


def contents(folder: Path) -> dict[str, str]:
    """The sha256 of every published file."""
    return {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in folder.iterdir()}


@pytest.fixture(scope="module")
def half_lost(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project whose source lost half its firms after the first run; its second run was held."""
    project = made(tmp_path_factory.mktemp("gate"), CRM, {"crm.csv": firms(range(40))})
    project.run(0)
    before = contents(project.golden)
    project.write("crm.csv", firms(range(20)))
    report = project.run(1)
    assert report.outcome is Outcome.HELD
    assert len(report.objections) == 2
    assert contents(project.golden) == before
    return project


@pytest.fixture
def held(half_lost: Project, tmp_path: Path) -> Project:
    """A copy of that project."""
    shutil.copytree(half_lost.folder, tmp_path / "copy", symlinks=True)
    return Project(tmp_path / "copy")


def test_a_held_candidate_is_published_exactly_when_accepted(held: Project) -> None:
    kept = contents(held.folder / ".generations" / "run-20260512T060100Z.held")
    held.write("crm.csv", firms(range(30)))
    assert accept(held.plan(2), "run-20260512T060100Z").outcome is Outcome.PUBLISHED
    assert contents(held.golden) == kept
    assert len(held.published("crosswalk")) == 20
    assert held.run(3).summary["events"] == {"created": 10}


def test_what_was_accepted_is_promised(held: Project) -> None:
    accept(held.plan(2), "run-20260512T060100Z")
    held.run(3)
    retired = [row for row in held.published("events") if row["event"] == "retired"]
    assert len(retired) == 20


def test_a_stale_candidate_is_refused(held: Project) -> None:
    held.write("crm.csv", firms(range(40)))
    held.run(2)
    before = contents(held.golden)
    with pytest.raises(ConfigError, match="another generation was published"):
        accept(held.plan(3), "run-20260512T060100Z")
    assert contents(held.golden) == before


@pytest.mark.parametrize("run", ["run-20260512T060000Z", "run-20260512T065900Z", "../golden"])
def test_only_a_held_candidate_can_be_accepted(held: Project, run: str) -> None:
    with pytest.raises(ConfigError, match="is held back") as caught:
        accept(held.plan(2), run)
    assert caught.value.exit_code == 2


def test_the_command_ends_with_3_and_says_how_to_accept(tmp_path: Path) -> None:
    project = made(tmp_path, CRM, {"crm.csv": firms(range(40))})
    project.run()
    project.write("crm.csv", firms(range(20)))
    dry, done = project.unify("match", "--dry-run"), project.unify("match")
    assert (dry.code, done.code) == (3, 3)
    assert "source 'crm' gave 20 rows, 40 the last time" in done.stderr
    run = done.stderr.rpartition("--accept ")[2].strip()
    assert len(project.published("crosswalk")) == 40
    assert project.unify("match", "--accept", run).code == 0
    assert len(project.published("crosswalk")) == 20
