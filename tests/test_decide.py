"""What stewards decide of published records and customers, and how each run heeds it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.projects import CRM, Ended, Project, made
from unify import ledger, lock

ROWS = (
    "Id,Nome,Cognome,Email,Tel\n"
    "1,Anna,Rossi,anna.rossi71@libero.it,347 1234567\n"
    "2,Anna,Rossi,anna.rossi71@libero.it,347 1234567\n"
    "3,Anna,Rossi,anna.rossi71@libero.it,347 1234567\n"
    "4,Bruno,Galli,bruno.galli@libero.it,347 7654321\n"
    "5,Bruno,Galli,bruno.galli@libero.it,347 7654321\n"
)
WORD = ("--by", "anna", "--reason", "I know them")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Two people, one of three records and one of two; published."""
    project = made(tmp_path_factory.mktemp("decide"), CRM, {"crm.csv": ROWS})
    project.run()
    return project


@pytest.fixture
def project(published: Project, tmp_path: Path) -> Project:
    """A copy of it, to change."""
    return Project(shutil.copytree(published.folder, tmp_path / "copy", symlinks=True))


def groups(project: Project) -> set[str]:
    """The keys that are one customer, of each."""
    found: dict[str, str] = {}
    for record, customer in sorted(project.customers().items()):
        found[customer] = found.get(customer, "") + record.removeprefix("crm:")
    return set(found.values())


def said(project: Project, *arguments: str) -> Ended:
    done = project.unify(*arguments, *WORD)
    assert done.code == 0, done.stderr
    return done


def test_customers_that_are_one_are_joined(project: Project) -> None:
    one, other = project.customers()["crm:1"], project.customers()["crm:4"]
    assert groups(project) == {"123", "45"}
    done = said(project, "decide", one.lower(), other, "--same")
    assert "are one customer from the next `unify match` on" in done.stdout
    for minute in (1, 2):
        project.run(minute)
        assert groups(project) == {"12345"}
    assert project.unify("show", other).code == 0


def test_a_record_that_is_different_is_held_apart_through_all_others(project: Project) -> None:
    said(project, "decide", "crm:1", "crm:2", "--different")
    project.run(1)
    assert groups(project) in ({"13", "2", "45"}, {"1", "23", "45"})


def test_customers_that_are_two_are_held_apart_in_all_their_records(project: Project) -> None:
    one, other = project.customers()["crm:1"], project.customers()["crm:4"]
    assert "says: 6." in said(project, "decide", one, other, "--different").stdout
    said(project, "decide", "crm:1", "crm:5", "--same")
    project.run(1)
    assert len({project.customers()[f"crm:{n}"] for n in (2, 4)}) == 2


def test_the_later_word_stands(project: Project) -> None:
    said(project, "decide", "crm:1", "crm:4", "--same")
    said(project, "decide", "crm:4", "crm:1", "--different")
    project.run(1)
    assert groups(project) == {"123", "45"}


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        (("1",), {"1", "23", "45"}),
        (("1", "2"), {"12", "3", "45"}),
        (("3", "5"), {"12", "3", "4", "5"}),
    ],
)
def test_records_that_are_split_off_leave_and_stay_away(
    project: Project, records: tuple[str, ...], expected: set[str]
) -> None:
    said(project, "split", *(f"crm:{key}" for key in records))
    for minute in (1, 2):
        project.run(minute)
        assert groups(project) == expected


def test_it_waits_for_no_run(project: Project) -> None:
    workspace = project.folder / "unify.duckdb"
    workspace.unlink()
    with lock.held(workspace, "2026-05-12T06:01:00Z"):
        said(project, "decide", "crm:1", "crm:4", "--same")
        said(project, "split", "crm:5")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("decide", "crm:1", "crm:9", "--same"), "crm:9: no customer or record of this id"),
        (("decide", "crm:1", "crm:1", "--same"), "both are the same record or customer"),
        (("decide", "crm:1", "crm:4"), "say --same or --different"),
        (("split", "crm:1", "crm:2", "crm:3"), "nothing would be left of its customer"),
        (("split", "crm:9"), "crm:9: no customer or record of this id"),
    ],
)
def test_what_cannot_be_decided_is_refused(
    published: Project, arguments: tuple[str, ...], told: str
) -> None:
    done = published.unify(*arguments, *WORD)
    assert (done.code, done.stdout) == (2, "")
    assert told in done.stderr
    with ledger.opened(published.folder / ledger.FILE) as kept:
        assert kept.decisions() == ()


def test_a_customer_cannot_be_split_off_itself(published: Project) -> None:
    done = published.unify("split", published.customers()["crm:1"], *WORD)
    assert "this is a customer; name records of it" in done.stderr


def test_who_and_why_must_be_said(published: Project) -> None:
    done = published.unify("decide", "crm:1", "crm:4", "--same", "--by", " ", "--reason", "x")
    assert (done.code, "--by: it says nothing" in done.stderr) == (2, True)


def test_a_word_that_contradicts_others_through_a_third_record_is_refused(project: Project) -> None:
    said(project, "decide", "crm:1", "crm:4", "--same")
    said(project, "decide", "crm:4", "crm:2", "--same")
    done = project.unify("decide", "crm:1", "crm:2", "--different", "--by", "luca", "--reason", "x")
    assert done.code == 2
    assert "luca said on" in done.stderr
    assert "anna said on" in done.stderr
    assert "crm:1 and crm:4 are one and anna said on" in done.stderr
    said(project, "decide", "crm:5", "crm:3", "--different")
    said(project, "decide", "crm:5", "crm:4", "--same")
    done = project.unify("decide", "crm:2", "crm:3", "--same", *WORD)
    assert (done.code, "crm:3 and crm:5 are two" in done.stderr) == (2, True)


def test_stewards_who_differ_leave_two_records_undecided(project: Project) -> None:
    said(project, "decide", "crm:1", "crm:4", "--same")
    project.unify("decide", "crm:1", "crm:4", "--different", "--by", "luca", "--reason", "x")
    project.run(1)
    assert groups(project) == {"123", "45"}


def test_a_no_is_told_with_what_would_have_joined_them(project: Project) -> None:
    said(project, "decide", "crm:1", "crm:2", "--different")
    project.run(60 * 24 * 400)
    told = project.unify("explain", "crm:1", "crm:2").stdout
    assert "anna keeps crm:1 and crm:2 apart" in told
    assert "They would have been joined" in told


def test_a_no_holds_through_a_new_model_and_a_source_that_counts_anew(project: Project) -> None:
    from datetime import timedelta

    from tests.projects import START
    from unify.clock import instant
    from unify.decide import decide
    from unify.decisions import Judgement, Speaker

    rows = ROWS.replace(
        "4,Bruno,Galli,bruno.galli@libero.it,347 7654321", "4,Bruno,Galli,bruno.galli@libero.it,"
    )
    project.write("crm.csv", rows)
    project.run(1)
    word = Speaker("anna", "two", instant(START + timedelta(minutes=2)))
    file = project.folder / ledger.FILE
    decide(project.generations, file, ("crm:4", "crm:5"), Judgement.DIFFERENT, word)
    head, *body = rows.splitlines()
    project.write("crm.csv", "\n".join([head, *(f"7{line}" for line in body)]))
    project.run(3, retrain=True)
    assert project.customers()["crm:74"] != project.customers()["crm:75"]
