"""A first look at some records: through matching and clustering, and no trace of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.projects import Project, made
from unify.sample import Sampled, sample

GIVEN = ("Carla", "Dario", "Elisa", "Fabio", "Gino", "Ida")
FAMILY = ("Neri", "Galli", "Conti", "Costa", "Greco", "Serra")
PEOPLE = [(given, family) for given in GIVEN for family in FAMILY]
CRM = "Id,Nome,Cognome,Cellulare\n" + "".join(
    f"{n},{given},{family},347 12345{n:02}\n" for n, (given, family) in enumerate(PEOPLE)
)
PHONES = "Scheda,Nominativo,Telefono\n" + "".join(
    f"{n},{family.upper()} {given.upper()},34712345{n:02}\n"
    for n, (given, family) in enumerate(PEOPLE)
)
TOML = (
    '[sources.crm]\npath = "crm.csv"\nkey = "Id"\n'
    '[sources.phones]\npath = "phones.csv"\nkey = "Scheda"\n'
)


@pytest.fixture
def two_systems(tmp_path: Path) -> Project:
    """Thirty-six people, each in two systems that write names in different columns."""
    return made(tmp_path, TOML, {"crm.csv": CRM, "phones.csv": PHONES})


def looked_at(project: Project, wanted: int) -> Sampled:
    return sample(project.plan(), wanted, lambda _: None)


def test_records_of_one_name_come_together(two_systems: Project) -> None:
    found = looked_at(two_systems, 24)
    assert (found.records, found.of, found.sources) == (24, 72, 2)
    assert (found.customers, found.largest_customer) == (12, 2)
    assert found.by_kind == {"person": 12, "organization": 0}


def test_two_looks_see_the_same(two_systems: Project) -> None:
    assert looked_at(two_systems, 20) == looked_at(two_systems, 20)


def test_all_records_are_looked_at_where_there_are_no_more(two_systems: Project) -> None:
    assert looked_at(two_systems, 500).records == 72


def test_it_leaves_no_trace(two_systems: Project) -> None:
    before = sorted(path.name for path in two_systems.folder.iterdir())
    looked_at(two_systems, 20)
    assert sorted(path.name for path in two_systems.folder.iterdir()) == before
    two_systems.run()
    kept = {path: path.read_bytes() for path in two_systems.folder.rglob("*") if path.is_file()}
    looked_at(two_systems, 20)
    assert kept == {p: p.read_bytes() for p in two_systems.folder.rglob("*") if p.is_file()}


def test_it_is_told_what_it_is(two_systems: Project) -> None:
    told = two_systems.unify("match", "--sample", "20")
    assert told.code == 0, told.stderr
    assert "A first look at 20 of the 72 records of 2 sources" in told.stdout
    assert "Nothing was published or kept." in told.stdout
    result = json.loads(two_systems.unify("match", "--sample", "20", "--json").stdout)
    assert (result["outcome"], result["records"], result["exit_code"]) == ("sample", 20, 0)


@pytest.mark.parametrize("other", ["--dry-run", "--full", "--retrain", "--accept=run-1"])
def test_it_goes_with_nothing_else(two_systems: Project, other: str) -> None:
    assert two_systems.unify("match", "--sample", "20", other).code == 2
