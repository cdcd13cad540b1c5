"""Published records are found again: by key while it holds the same people, else by content."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from tests.projects import CRM, Project, made
from unify.decisions import Judgement, Override
from unify.ledger import FILE, opened
from unify.pipeline import Outcome, accept
from unify.recognise import one_to_one
from unify.undo import undo

GIVEN = ("Anna", "Bruno", "Carla", "Dario", "Elena", "Fabio", "Giulia", "Ivo", "Laura", "Marco")
FAMILY = ("Rossi", "Galli", "Neri", "Conti", "Villa", "Ferri", "Longo", "Mazza", "Pozzi", "Sala")
HEADER = "Id,Nome,Cognome,Email,Tel,Via,Città,Consenso"
LOOSE = "[publish]\nmax_retired = 1.0\nmin_rows = 0.1\n"


def person(n: int, **changed: str) -> str:
    """A person's row but for the key: a hundred have names of their own."""
    given, family = GIVEN[n % 10], FAMILY[(n // 10 + n) % 10]
    row = {
        "given": given,
        "family": family,
        "email": f"{given}.{family}{n}@libero.it".lower(),
        "phone": f"347 55{n:05}",
        "street": f"Via Roma {n + 1}",
        "city": "Bergamo",
        "consent": "",
        **changed,
    }
    return ",".join(row.values())


def written(rows: Sequence[tuple[object, str]]) -> str:
    return "\n".join([HEADER, *(f"{key},{row}" for key, row in rows), ""])


def people(project: Project) -> dict[str, str]:
    """e-mail → customer id."""
    return {row["email"]: row["customer_id"] for row in project.published("golden_customers")}


@pytest.fixture
def project(project: object, tmp_path: object) -> Project:
    """Sixty people in a source with keys; published."""
    made_here = made(tmp_path, CRM, {"crm.csv": written([(n, person(n)) for n in range(60)])})  # type: ignore[arg-type]
    made_here.run()
    return made_here


def shuffled_keys() -> list[int]:
    keys = list(range(1000, 1060))
    random.Random(1).shuffle(keys)
    return keys


@pytest.mark.parametrize(
    ("keys", "strangers"),
    [(range(1, 61), 59), (shuffled_keys(), 0), ([*range(20), *range(21, 61)], 39)],
    ids=["shifted by one", "new random keys", "one put in among them"],
)
def test_a_source_that_renumbers_stops_and_ids_follow_the_content(
    project: Project, keys: Sequence[int], strangers: int
) -> None:
    before = people(project)
    project.write("crm.csv", written([(key, person(n)) for n, key in enumerate(keys)]))
    held = project.run(1)
    assert held.outcome is Outcome.HELD
    (said,) = held.objections
    assert "source 'crm'" in said
    assert "key" in said
    assert held.summary["rekeyed"]["crm"]["strangers"] == strangers
    assert accept(project.plan(2), held.run_id).outcome is Outcome.PUBLISHED
    assert people(project) == before
    assert held.summary["events"] == {}
    assert project.run(3).summary["events"] == {}


def test_a_key_that_is_given_away_hands_nobody_a_stranger_s_history(project: Project) -> None:
    before = people(project)
    rows = [(n, person(n if n >= 30 else 60 + n)) for n in range(60)]
    project.write("crm.csv", written(rows))
    held = project.run(1)
    assert held.outcome is Outcome.HELD
    assert held.summary["rekeyed"]["crm"]["strangers"] == 30
    accept(project.plan(2), held.run_id)
    after = people(project)
    assert not set(after.values()) & {before[e] for e in before if e not in after}
    assert all(after[email] == before[email] for email in before if email in after)
    assert held.summary["events"] == {"created": 30, "retired": 30}


EDITS = {
    "moved": {"street": "Corso Italia 5", "city": "Milano"},
    "another phone": {"phone": "02 4455667"},
    "another mailbox": {"email": "nuova@virgilio.it"},
    "married": {"family": "Brambilla", "email": "brambilla@virgilio.it"},
    "a typing error mended": {"given": "Ana"},
    "nothing but the name": {"email": "", "phone": "", "street": "", "city": ""},
}


@pytest.mark.parametrize("edit", EDITS)
def test_ordinary_edits_never_stop(project: Project, edit: str) -> None:
    before = project.customers()
    rows = [(n, person(n, **(EDITS[edit] if n % 2 else {}))) for n in range(60)]
    if "email" in EDITS[edit] and EDITS[edit]["email"]:
        rows = [(n, row.replace("@virgilio", f"{n}@virgilio")) for n, row in rows]
    project.write("crm.csv", written(rows))
    done = project.run(1)
    assert "rekeyed" not in done.summary or not done.summary["rekeyed"]
    assert (done.outcome, project.customers()) == (Outcome.PUBLISHED, before), done.objections


def test_what_stewards_said_follows_to_another_key_and_back(project: Project) -> None:
    project.decide("crm:1", "crm:2", Judgement.SAME)
    with opened(project.folder / FILE) as ledger:
        said = Override("", "notes", "chiamare", "anna", "", "2026-05-12T06:00:00Z", ("crm:5",))
        ledger.override(said)
    project.run(1)
    noted = [row["email"] for row in project.published("golden_customers") if row["notes"]]
    joined = project.customers()["crm:1"]
    assert joined == project.customers()["crm:2"]
    project.write("crm.csv", written([(n + 1, person(n)) for n in range(60)]))
    accept(project.plan(3), project.run(2).run_id)
    for minute in (4, 5):
        project.run(minute)
        customers = project.customers()
        assert customers["crm:2"] == customers["crm:3"] == joined != customers["crm:1"]
        golden = project.published("golden_customers")
        assert [row["email"] for row in golden if row["notes"]] == noted
    for minute in range(6, 9):
        undo(project.plan(minute))
    project.write("crm.csv", written([(n, person(n)) for n in range(60)]))
    project.run(9)
    customers = project.customers()
    assert customers["crm:1"] == customers["crm:2"] == joined != customers["crm:3"]


KEYLESS = CRM.replace('key = "Id"\n', "") + LOOSE


def keyless(rows: Sequence[str]) -> str:
    return "\n".join([HEADER.removeprefix("Id,"), *rows, ""])


def test_a_record_without_a_key_that_is_edited_stays_the_same(tmp_path: object) -> None:
    rows = [person(0, consent="no"), person(1), person(2)]
    project = made(tmp_path, KEYLESS, {"crm.csv": keyless(rows)})  # type: ignore[arg-type]
    project.run()
    before, records = people(project), project.customers()
    anna, bruno = (
        next(r for r, c in records.items() if c == before[person(n).split(",")[2]]) for n in (0, 1)
    )
    project.decide(anna, bruno, Judgement.DIFFERENT)
    rows[0] = person(0, consent="no", street="Corso Italia 5", city="Milano")
    rows[1] = person(1, phone="02 4455667")
    project.write("crm.csv", keyless(rows))
    done = project.run(1)
    assert done.summary["events"] == {}
    assert people(project) == before
    assert len(set(project.customers()) & set(records)) == 1
    with opened(project.folder / FILE) as ledger:
        assert {move.then_record for move in ledger.moves()} == {anna, bruno}
    golden = {r["email"]: r["consent_marketing"] for r in project.published("golden_customers")}
    assert golden[person(0).split(",")[2]] == "no"
    rows[0] = person(0, consent="sì")
    project.write("crm.csv", keyless(rows))
    project.run(2)
    golden = {r["email"]: r["consent_marketing"] for r in project.published("golden_customers")}
    assert golden[person(0).split(",")[2]] == "yes"


def test_a_refusal_stays_where_a_stranger_has_the_key_of_who_refused(tmp_path: object) -> None:
    toml = CRM + '[sources.erp]\npath = "erp.csv"\nkey = "Id"\n' + LOOSE
    files = {
        "crm.csv": written([(1, person(0, consent="no"))]),
        "erp.csv": written([(7, person(0))]),
    }
    project = made(tmp_path, toml, files)  # type: ignore[arg-type]
    project.run()
    project.write("crm.csv", written([(1, person(11, consent="sì"))]))
    for minute in (1, 2):
        project.run(minute)
        told = {r["email"]: r["consent_marketing"] for r in project.published("golden_customers")}
        assert told == {"anna.rossi0@libero.it": "no", "bruno.neri11@libero.it": "yes"}


def test_none_stands_in_two_pairs_and_the_surest_goes_first() -> None:
    found = [
        {"then_record": "a", "now_record": "x", "weight": 9.0},
        {"then_record": "a", "now_record": "y", "weight": 12.0},
        {"then_record": "b", "now_record": "y", "weight": 11.0},
        {"then_record": "b", "now_record": "x", "weight": 8.0},
    ]
    assert one_to_one(found) == [("a", "y"), ("b", "x")]
