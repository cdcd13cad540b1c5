"""People of one household, people and their firm, and who shares a contact: related, and not merged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.projects import CRM, Project, made

HEADER = "Id,Nome,Cognome,Email,Tel,Via,Città,Azienda,Qualifica,Mobile\n"
ROWS = """\
1,Mario,Rossi,,035 4841414,Via Roma 1,Bergamo,,,347 1112221
2,Luisa,Rossi,,035 4841414,Via Roma 1,Bergamo,,,347 1112222
3,Carla,Neri,,035 4841414,Via Dante 7,Bergamo,,,347 1112223
4,Bruno,Galli,,,,,Officine Bianchi Srl,Direttore,347 1112224
5,,,info@officinebianchi.it,035 777888,Via Larga 3,Bergamo,Officine Bianchi Srl,,
6,Dario,Conti,d.conti@officinebianchi.it,,,,,,347 1112225
7,Elena,Villa,,035 777888,,,,,347 1112226
8,Fabio,Ferri,,035 777888,,,,,347 1112227
"""
GIVEN = ("Anna", "Bruno", "Carla", "Dario", "Elena", "Fabio", "Giulia", "Ivo", "Laura", "Marco")
FAMILY = ("Rossi", "Galli", "Neri", "Conti", "Villa", "Ferri", "Longo", "Mazza", "Pozzi", "Sala")


@pytest.fixture(scope="module")
def related(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A household, a firm, its people, and who shares a phone with them; published."""
    project = made(tmp_path_factory.mktemp("related"), CRM, {"crm.csv": HEADER + ROWS})
    project.run()
    return project


def relations(project: Project) -> set[tuple[str, str, str]]:
    """Relations by the keys of the records of the two customers."""
    key = {
        customer: record.removeprefix("crm:") for record, customer in project.customers().items()
    }
    return {
        (key[r["customer_id"]], r["relation"], key[r["other_customer_id"]])
        for r in project.published("relations")
    }


def either_way(found: set[tuple[str, str, str]], relation: str) -> set[frozenset[str]]:
    return {frozenset((one, other)) for one, told, other in found if told == relation}


def test_people_stay_people_and_are_related(related: Project) -> None:
    assert len(set(related.customers().values())) == 8
    found = relations(related)
    assert {(a, b) for a, told, b in found if told == "works_at"} == {("4", "5"), ("6", "5")}
    assert either_way(found, "same_household") == {frozenset("12")}
    pairs = ("13", "23", "57", "58")
    assert either_way(found, "shares_contact") == {frozenset(pair) for pair in pairs}


def test_between_people_the_smaller_id_comes_first_and_once(related: Project) -> None:
    mutual = [r for r in related.published("relations") if r["relation"] == "same_household"]
    assert all(r["customer_id"] < r["other_customer_id"] for r in mutual)


def test_a_relation_says_what_it_rests_on(related: Project) -> None:
    rows = related.published("relations")
    (home,) = [r for r in rows if r["relation"] == "same_household"]
    assert (home["detail"], home["evidence"]) == (
        "address, phone", "both have +390354841414; Via Roma, 1, Bergamo"
    )  # fmt: skip
    told = {r["detail"]: r["evidence"] for r in rows if r["relation"] == "works_at"}
    assert told["Direttore"].startswith("names Officine Bianchi")
    assert told[""] == "d.conti@officinebianchi.it is of the firm's domain"


def test_show_tells_relations_from_either_side(related: Project) -> None:
    for record in ("crm:1", "crm:2"):
        shown = json.loads(related.unify("show", record, "--json").stdout)
        assert "same_household" in {r["relation"] for r in shown["relations"]}
    assert "same_household" in related.unify("show", "crm:2").stdout


def test_a_switchboard_of_many_links_each_of_them_once(tmp_path: Path) -> None:
    rows = "".join(
        f"{n},{GIVEN[n % 10]},{FAMILY[n // 10]},,02 5554443,,,,,347 55{n:05}\n" for n in range(100)
    )
    project = made(tmp_path, CRM, {"crm.csv": HEADER + rows})
    project.run()
    found = project.published("relations")
    assert len(set(project.customers().values())) == 100
    assert 80 < len(found) < 100
    assert {r["relation"] for r in found} == {"shares_contact"}
    assert len({r["customer_id"] for r in found}) == 1
    assert all("as have 100 people" in r["evidence"] for r in found)
