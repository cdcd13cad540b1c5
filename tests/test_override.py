"""What a steward sets holds for the records of the customer, whatever becomes of them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.projects import Ended, Project, made
from unify import ledger, lock
from unify.decisions import Judgement
from unify.workspace import opened

TOML = "".join(f'[sources.{name}]\npath = "{name}.csv"\nkey = "Id"\n' for name in ("crm", "erp"))
CRM = (
    "Id,Ragione sociale,Email,Tel,Azienda\n"
    "1,Casa Ferrari Paolo,paolo@ferrari.it,035 123456,\n"
    "2,Anna Rossi,anna.rossi71@libero.it,,\n"
    "3,,,035 999888,Bar Verdi Mario\n"
    "4,Rondamec S.r.l.,,,\n"
)
ERP = (
    "Id,Ragione sociale,Email,Tel\n"
    "1,CASA FERRARI PAOLO,paolo@ferrari.it,035 123456\n"
    "2,Officine Oleotecna,info@oleotecna.it,035 777666\n"
    "3,OFFICINE OLEOTECNA,info@oleotecna.it,035 777666\n"
)


def set_kind(project: Project, customer: str, kind: str) -> Ended:
    """Have a steward set a customer's kind."""
    return project.unify("set", customer, "kind", kind, "--by", "anna", "--reason", "I know them")


def golden(project: Project, record: str) -> dict[str, str]:
    """The golden customer of a record."""
    customer = project.customers()[record]
    return next(r for r in project.published("golden_customers") if r["customer_id"] == customer)


def rule_of_kind(project: Project, record: str) -> str:
    """The rule that a record's customer has its kind by."""
    shown = json.loads(project.unify("show", record, "--json").stdout)
    return next(str(row["rule"]) for row in shown["lineage"] if row["field"] == "kind")


def certainty(project: Project, record: str) -> tuple[str, float]:
    """The kind of a record in the last run, and how certain it is."""
    with opened(project.folder / "unify.duckdb") as workspace:
        (found,) = workspace.connection.execute(
            "select kind, kind_certainty from standard_record where record_id = ?", [record]
        ).fetchall()
    return found


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Firms that are people, and a person who is a firm; published."""
    project = made(tmp_path_factory.mktemp("set"), TOML, {"crm.csv": CRM, "erp.csv": ERP})
    project.run()
    return project


@pytest.fixture
def project(published: Project, tmp_path: Path) -> Project:
    """A copy of it, to change."""
    copied = shutil.copytree(published.folder, tmp_path / "copy", symlinks=True)
    return Project(copied)


def test_a_kind_outlives_runs_and_brings_its_standard_forms(project: Project) -> None:
    before = project.customers()
    expected = {
        "crm:1": ("person", "Paolo Casa Ferrari", "Casa Ferrari"),
        "crm:2": ("organization", "Anna Rossi", ""),
        "crm:3": ("person", "Mario Bar Verdi", "Bar Verdi"),
        "crm:4": ("person", "Rondamec S.r.l.", "S.r.l."),
    }
    for record, (kind, *_) in expected.items():
        assert golden(project, record)["kind"] != kind
        assert set_kind(project, record, kind).code == 0
    project.run(1)
    assert project.customers() == before
    for record, (kind, *names) in expected.items():
        now = golden(project, record)
        assert [now["kind"], now["full_name"], now["family_name"]] == [kind, *names]
        assert certainty(project, record) == (kind, 1.0)
        assert rule_of_kind(project, record) == "steward"
    after = project.published("golden_customers")
    assert project.run(2).summary["events"] == {}
    assert project.published("golden_customers") == after


def test_it_follows_a_merge_and_changes_no_other_record(project: Project) -> None:
    set_kind(project, "crm:2", "organization")
    was = project.customers()["crm:2"]
    set_kind(project, "crm:2", "person")
    project.decide("crm:2", "erp:2")
    for minute in (1, 2):
        project.run(minute)
        customer = project.customers()["crm:2"]
        assert customer == project.customers()["erp:3"] != was
        assert (golden(project, "crm:2")["kind"], rule_of_kind(project, was)) == (
            "person",
            "steward",
        )
        assert certainty(project, "erp:2")[0] == "organization"


def set_value(project: Project, customer: str, field: str, value: str) -> None:
    """Have a steward set a value."""
    done = project.unify("set", customer, field, value, "--by", "anna", "--reason", "I asked")
    assert done.code == 0, done.stderr


@pytest.mark.parametrize(
    ("field", "written", "expected"),
    [
        ("birth_date", "12/05/1980", {"birth_date": "1980-05-12"}),
        ("given_name", "Annamaria", {"given_name": "Annamaria", "full_name": "Annamaria Rossi", "family_name": "Rossi"}),
        ("full_name", "Anna R. Rossi", {"full_name": "Anna R. Rossi", "given_name": "Anna"}),
        ("sex", "femmina", {"sex": "F"}),
        ("country", "Italia", {"country": "IT"}),
        ("tax_id", "rssmra45c12f205c", {"tax_id": "RSSMRA45C12F205C"}),
        ("consent_marketing", "sì", {"consent_marketing": "yes"}),
        ("phones", "035 555666", {"phone": "+39035555666", "phones": "+39035555666"}),
        ("emails", "Anna@Rossi.it", {"email": "anna@rossi.it", "emails": "anna@rossi.it; anna.rossi71@libero.it"}),
        ("emails", "anna.rossi71@libero.it", {"emails": "anna.rossi71@libero.it"}),
        ("notes", "=1+1", {"notes": "=1+1"}),
        ("family_name", "", {"family_name": "", "full_name": "Anna"}),
    ],
)  # fmt: skip
def test_a_value_outlives_runs_in_its_standard_form(
    project: Project, field: str, written: str, expected: dict[str, str]
) -> None:
    set_value(project, "crm:2", field, written)
    for minute in (1, 2):
        project.run(minute)
        row = golden(project, "crm:2")
        assert {name: row[name] for name in expected} == expected
    shown = json.loads(project.unify("show", "crm:2", "--json").stdout)
    origins = {(row["rule"], row["source"]) for row in shown["lineage"] if row["field"] == field}
    assert ("steward", None) in origins or not written


def test_a_value_follows_a_merge_and_yields_to_a_later_word_alone(project: Project) -> None:
    set_value(project, "crm:2", "notes", "calls on Mondays")
    project.decide("crm:2", "erp:2")
    project.run(1)
    assert golden(project, "erp:3")["notes"] == "calls on Mondays"
    set_value(project, "erp:3", "notes", "calls on Fridays")
    project.run(2)
    assert golden(project, "crm:2")["notes"] == "calls on Fridays"
    set_value(project, "erp:3", "notes", "")
    project.run(3)
    assert golden(project, "crm:2")["notes"] == ""


def test_it_stays_with_records_that_part(project: Project) -> None:
    set_kind(project, "crm:1", "person")
    project.decide("crm:1", "erp:1", Judgement.DIFFERENT)
    for minute in (1, 2):
        project.run(minute)
        customers = project.customers()
        assert customers["crm:1"] != customers["erp:1"]
        assert certainty(project, "crm:1") == certainty(project, "erp:1") == ("person", 1.0)


def test_what_joins_later_is_judged_by_itself(project: Project) -> None:
    set_kind(project, "crm:1", "person")
    project.write("erp.csv", f"{ERP}9,Officine Casa Ferrari Paolo,paolo@ferrari.it,035 123456\n")
    project.decide("crm:1", "erp:9")
    for minute in (1, 2):
        project.run(minute)
        assert project.customers()["erp:9"] == project.customers()["crm:1"]
        kind, certain = certainty(project, "erp:9")
        assert (kind, certain < 1) == ("organization", True)


def test_the_later_word_stands_and_both_are_told(project: Project) -> None:
    set_kind(project, "crm:2", "organization")
    project.run(1)
    set_kind(project, "crm:2", "person")
    project.run(2)
    assert golden(project, "crm:2")["kind"] == "person"
    shown = json.loads(project.unify("show", "crm:2", "--json").stdout)["overrides"]
    assert [(o["value"], o["steward"], o["reason"]) for o in shown] == [
        ("organization", "anna", "I know them"),
        ("person", "anna", "I know them"),
    ]
    assert "kind\tperson\tanna\tI know them" in project.unify("show", "crm:2").stdout
    assert json.loads(project.unify("show", "crm:3", "--json").stdout)["overrides"] == []


def test_a_former_id_will_do(project: Project) -> None:
    was = project.customers()["crm:2"]
    project.decide("crm:2", "erp:2")
    project.run(1)
    living = project.customers()["crm:2"]
    assert was != living
    assert set_kind(project, was.lower(), "person").stdout.startswith(f"{living}: kind is person")
    with ledger.opened(project.folder / ledger.FILE) as kept:
        (said,) = kept.overrides()
    assert (said.customer_id, said.records) == (living, ("crm:2", "erp:2", "erp:3"))


def test_it_needs_no_workspace_and_waits_for_no_run(project: Project) -> None:
    workspace = project.folder / "unify.duckdb"
    workspace.unlink()
    with lock.held(workspace, "2026-05-12T06:01:00Z"):
        assert set_kind(project, "crm:1", "person").code == 0
    assert not workspace.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("crm:9", "kind", "person"), "crm:9: no customer or record of this id"),
        (("crm:1", "birth_day", "1980-05-12"), "birth_day: no such field\nDid you mean 'birth_date'?"),
        (("crm:1", "kind", "robot"), "robot: kind is person or organization\n"),
        (("crm:1", "kind", ""), "kind is person or organization\n"),
        (("crm:1", "birth_date", "31/02/1980"), "31/02/1980: birth_date is a day, such as 1980-05-12\n"),
        (("crm:1", "emails", "anna"), "anna: emails is one e-mail address\n"),
        (("crm:1", "phones", "12"), "12: phones is one phone number\n"),
        (("crm:1", "tax_id", "RSSMRA45C12F205D"), "tax_id is a codice fiscale or tax id that passes its check\n"),
        (("crm:1", "consent_marketing", "maybe"), "maybe: consent_marketing is yes or no\n"),
        (("crm:1", "kind"), "Missing argument 'VALUE'"),
    ],
)  # fmt: skip
def test_what_cannot_be_set_is_refused(
    published: Project, arguments: tuple[str, ...], said: str
) -> None:
    done = published.unify("set", *arguments, "--by", "anna", "--reason", "I know them")
    assert (done.code, done.stdout) == (2, "")
    assert said in done.stderr
    with ledger.opened(published.folder / ledger.FILE) as kept:
        assert kept.overrides() == ()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--by", "anna"), "Missing option '--reason'"),
        (("--reason", "I know them"), "Missing option '--by'"),
        (("--by", " ", "--reason", "I know them"), "--by: it says nothing"),
        (("--by", "anna", "--reason", ""), "--reason: it says nothing"),
    ],
)
def test_who_and_why_must_be_said(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    done = made(tmp_path).unify("set", "crm:1", "kind", "person", *options)
    assert done.code == 2
    assert said in done.stderr
    assert list(tmp_path.iterdir()) == [tmp_path / "unify.toml"]


def test_a_ledger_of_before_there_were_overrides_takes_them(project: Project) -> None:
    with ledger.opened(project.folder / ledger.FILE) as kept:
        kept.connection.execute("drop table override")
    assert set_kind(project, "crm:1", "person").code == 0
    project.run(1)
    assert golden(project, "crm:1")["kind"] == "person"


def test_words_of_stewards_that_contradict_one_another_end_no_run(project: Project) -> None:
    project.decide("crm:1", "erp:1")
    project.decide("erp:1", "crm:2")
    project.decide("crm:1", "crm:2", Judgement.DIFFERENT)
    project.run(1)
    customers = project.customers()
    assert customers["crm:1"] == customers["erp:1"] == customers["crm:2"]
