"""Published records are found again: by key while it holds the same people, else by content."""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.projects import CRM, Project, made
from unify.decisions import Judgement, Override
from unify.ledger import FILE, opened
from unify.pipeline import Outcome, accept
from unify.publication import published_moves
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


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Sixty people in a source with keys; published."""
    files = {"crm.csv": written([(n, person(n)) for n in range(60)])}
    project = made(tmp_path_factory.mktemp("sixty"), CRM, files)
    project.run()
    return project


@pytest.fixture
def sixty(published: Project, tmp_path: Path) -> Project:
    """A copy of it, to change."""
    return Project(shutil.copytree(published.folder, tmp_path / "copy", symlinks=True))


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
    sixty: Project, keys: Sequence[int], strangers: int
) -> None:
    before = people(sixty)
    sixty.write("crm.csv", written([(key, person(n)) for n, key in enumerate(keys)]))
    held = sixty.run(1)
    assert held.outcome is Outcome.HELD
    (said,) = held.objections
    assert "source 'crm'" in said
    assert "key" in said
    assert held.summary["rekeyed"]["crm"]["strangers"] == strangers
    assert accept(sixty.plan(2), held.run_id).outcome is Outcome.PUBLISHED
    assert people(sixty) == before
    assert held.summary["events"] == {}
    assert sixty.run(3).summary["events"] == {}


def test_a_key_that_is_given_away_hands_nobody_a_stranger_s_history(sixty: Project) -> None:
    before = people(sixty)
    rows = [(n, person(n if n >= 30 else 60 + n)) for n in range(60)]
    sixty.write("crm.csv", written(rows))
    held = sixty.run(1)
    assert held.outcome is Outcome.HELD
    assert held.summary["rekeyed"]["crm"]["strangers"] == 30
    accept(sixty.plan(2), held.run_id)
    after = people(sixty)
    assert not set(after.values()) & {before[e] for e in before if e not in after}
    assert all(after[email] == before[email] for email in before if email in after)
    assert held.summary["events"] == {"created": 30, "retired": 30}


EDITS: dict[str, dict[str, str]] = {
    "moved": {"street": "Corso Italia {n}", "city": "Milano"},
    "another phone": {"phone": "02 44556{n}"},
    "another mailbox": {"email": "nuova{n}@virgilio.it"},
    "married": {"family": "Brambilla", "email": "brambilla{n}@virgilio.it"},
    "married, known by a name and a mailbox": {
        "family": "Brambilla", "email": "brambilla{n}@virgilio.it", "phone": "", "street": "", "city": "",
    },
    "a typing error": {"given": "{given}x"},
    "nothing left but the name": {"email": "", "phone": "", "street": "", "city": ""},
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_ordinary_edits_never_stop(sixty: Project, edit: str) -> None:
    before = sixty.customers()
    edited = range(1, 60, 12)
    changed = {
        n: {k: v.format(n=n, given=GIVEN[n % 10]) for k, v in EDITS[edit].items()} for n in edited
    }
    rows = [(n, person(n, **changed.get(n, {}))) for n in range(60)]
    sixty.write("crm.csv", written(rows))
    done = sixty.run(1)
    assert (done.outcome, done.objections) == (Outcome.PUBLISHED, ())
    assert done.summary["rekeyed"] == {}
    assert sixty.customers() == before


def test_what_stewards_said_follows_to_another_key_and_back(sixty: Project) -> None:
    sixty.decide("crm:1", "crm:2", Judgement.SAME)
    with opened(sixty.folder / FILE) as ledger:
        said = Override("", "notes", "chiamare", "anna", "", "2026-05-12T06:00:00Z", ("crm:5",))
        ledger.override(said)
    sixty.run(1)
    noted = [row["email"] for row in sixty.published("golden_customers") if row["notes"]]
    joined = sixty.customers()["crm:1"]
    assert joined == sixty.customers()["crm:2"]
    sixty.write("crm.csv", written([(n + 1, person(n)) for n in range(60)]))
    accept(sixty.plan(3), sixty.run(2).run_id)
    sixty.run(4)
    customers = sixty.customers()
    assert customers["crm:2"] == customers["crm:3"] == joined != customers["crm:1"]
    golden = sixty.published("golden_customers")
    assert [row["email"] for row in golden if row["notes"]] == noted
    for minute in (6, 7):
        undo(sixty.plan(minute))
    sixty.write("crm.csv", written([(n, person(n)) for n in range(60)]))
    sixty.run(9)
    customers = sixty.customers()
    assert customers["crm:1"] == customers["crm:2"] == joined != customers["crm:3"]


KEYLESS = CRM.replace('key = "Id"\n', "") + LOOSE


def keyless(rows: Sequence[str]) -> str:
    return "\n".join([HEADER.removeprefix("Id,"), *rows, ""])


def test_a_record_without_a_key_that_is_edited_stays_the_same(tmp_path: Path) -> None:
    rows = [person(0, consent="no"), person(1), person(2)]
    project = made(tmp_path, KEYLESS, {"crm.csv": keyless(rows)})
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


def test_who_is_forgotten_is_named_in_no_move(tmp_path: Path) -> None:
    rows = [person(0), person(1)]
    project = made(tmp_path, KEYLESS, {"crm.csv": keyless(rows)})
    project.run()
    for record in project.customers():
        project.decide(record, "crm:nobody", Judgement.DIFFERENT)
    project.write("crm.csv", keyless([row.replace("Via Roma", "Via Dante") for row in rows]))
    project.run(1)
    (anna,) = [
        r for r, c in project.customers().items() if c == people(project)["anna.rossi0@libero.it"]
    ]
    done = project.unify("forget", anna, "--by", "anna", "--reason", "asked", "--yes")
    assert done.code == 0, done.stderr
    assert len(published_moves(project.golden)) == 1
    with opened(project.folder / FILE) as ledger:
        assert len(ledger.moves()) == 1


def test_a_refusal_stays_where_a_stranger_has_the_key_of_who_refused(tmp_path: Path) -> None:
    toml = CRM + '[sources.erp]\npath = "erp.csv"\nkey = "Id"\n' + LOOSE
    files = {
        "crm.csv": written([(1, person(0, consent="no"))]),
        "erp.csv": written([(7, person(0))]),
    }
    project = made(tmp_path, toml, files)
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
