"""The generated Italian contacts: the same every time, and as hard as they say."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from stdnum.it import codicefiscale, iva

from tests.quality.italian_contacts import name_of, real_world, write_project
from tests.quality.italian_damage import NICKNAMES
from tests.quality.italian_pools import surnames
from tests.quality.italian_systems import SYSTEMS
from tests.quality.italian_world import Person, World
from unify import config

RECORDS = 3000

Table = list[dict[str, str]]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_project(tmp_path_factory.mktemp("contacts"), RECORDS, seed=7).parent


@pytest.fixture(scope="module")
def world() -> World:
    return real_world(RECORDS, seed=7)


def table(project: Path, name: str) -> Table:
    with (project / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def people_in(project: Path, world: World, system: str) -> list[tuple[dict[str, str], Person]]:
    """A system's records of people, each with the person."""
    people = {name_of(person): person for person in world.people}
    truth = {row["source_key"]: row["entity"] for row in table(project, "truth")}
    rows = [(row, truth[next(iter(row.values()))]) for row in table(project, system)]
    return [(row, people[entity]) for row, entity in rows if entity in people]


def share(found: list[bool]) -> float:
    return sum(found) / len(found)


def test_a_seed_makes_the_same_files_and_another_one_others(project: Path, tmp_path: Path) -> None:
    again = write_project(tmp_path / "again", RECORDS, seed=7).parent
    files = {path.name: path.read_bytes() for path in project.iterdir()}
    assert {path.name: path.read_bytes() for path in again.iterdir()} == files
    other = write_project(tmp_path / "other", 100, seed=7).parent
    third = write_project(tmp_path / "third", 100, seed=8).parent
    assert (other / "crm.csv").read_bytes() != (third / "crm.csv").read_bytes()


def test_every_record_stands_in_the_truth_once(project: Path) -> None:
    keys = [
        (system.name, row[system.key]) for system in SYSTEMS for row in table(project, system.name)
    ]
    truth = [(row["source"], row["source_key"]) for row in table(project, "truth")]
    assert truth == keys
    assert len(set(keys)) == len(keys) == RECORDS


def test_the_configuration_names_paths_keys_and_dates_alone(project: Path) -> None:
    sources = config.read(project / "unify.toml").sources
    assert list(sources) == [system.name for system in SYSTEMS]
    assert not any(source.fields for source in sources.values())


def test_entities_have_as_many_records_as_told(project: Path) -> None:
    truth = table(project, "truth")
    entities = Counter(row["entity"] for row in truth)
    assert RECORDS / len(entities) == pytest.approx(1.75, abs=0.08)
    assert share([name.startswith("F") for name in entities]) == pytest.approx(0.20, abs=0.03)
    here = Counter((row["source"], row["entity"]) for row in truth)
    assert share([count > 1 for count in here.values()]) == pytest.approx(0.06, abs=0.02)


def test_households_and_firms_share_as_told(world: World) -> None:
    homes = list({id(person.household): person.household for person in world.people}.values())
    assert share([bool(home.landline) for home in homes]) == pytest.approx(0.55, abs=0.06)
    assert share([bool(home.email) for home in homes]) == pytest.approx(0.04, abs=0.025)
    sizes = Counter(id(person.household) for person in world.people)
    assert set(sizes.values()) == {1, 2, 3, 4}
    employed = [person.employer is not None for person in world.people]
    assert share(employed) == pytest.approx(0.30, abs=0.04)
    domains = [firm.domain for firm in world.firms if firm.domain]
    assert len(set(domains)) == len(domains)


def test_names_are_drawn_by_how_many_bear_them(world: World) -> None:
    pool = surnames().values
    assert len(set(pool)) == len(pool) > 20_000
    homes = list({id(person.household): person.family for person in world.people}.values())
    ranks = sorted(Counter(homes).values(), reverse=True)
    # One in ninety is a Rossi, and most who bear one of the names are alone with it.
    assert ranks[0] / len(homes) == pytest.approx(1 / 90, abs=0.006)
    assert ranks.count(1) > len(ranks) / 2


def test_people_move_and_change_their_numbers_as_told(project: Path, world: World) -> None:
    known = people_in(project, world, "rubrica")
    mobiles = [
        (bare(row["Cellulare"]), [bare(mobile) for mobile in person.mobiles])
        for row, person in known
    ]
    told = [both.index(number) for number, both in mobiles if number in both]
    assert share([place == 1 for place in told]) == pytest.approx(0.12, abs=0.04)
    towns = [
        (row["Città"], [place.town.name for place in person.household.addresses])
        for row, person in known
    ]
    moved = [both.index(town) for town, both in towns if town in both and both[0] != both[1]]
    assert share([place == 1 for place in moved]) == pytest.approx(0.09, abs=0.06)


def test_each_system_holds_its_own_part(project: Path) -> None:
    filled = {
        system.name: {
            column: share([bool(row[column]) for row in table(project, system.name)])
            for column in system.columns
        }
        for system in SYSTEMS
    }
    assert {"Cognome", "Telefono", "CAP"}.isdisjoint(filled["newsletter"])
    assert {"Email", "CAP"}.isdisjoint(filled["assistenza"])
    assert filled["gestionale"]["EMAIL"] < 0.4
    assert filled["gestionale"]["CODFIS"] > 0.7
    assert filled["crm"]["Codice fiscale"] < 0.4


def bare(number: str) -> str:
    """The ten digits of a mobile number, however it is written."""
    return re.sub("[^0-9]", "", number)[-10:]


def test_a_private_mailbox_belongs_to_one_household(world: World) -> None:
    owners = {(email, id(p.household)) for p in world.people for email in p.emails}
    assert len({email for email, _ in owners}) == len(owners)


def test_names_are_nicknamed_and_swapped_as_told(project: Path, world: World) -> None:
    known = [*people_in(project, world, "crm"), *people_in(project, world, "rubrica")]
    first = [(row["Nome"].lower(), person) for row, person in known]
    nicknames = [written in NICKNAMES.get(p.given, "").lower().split() for written, p in first]
    assert share(nicknames) == pytest.approx(0.07, abs=0.025)
    assert share([written == p.family.lower() for written, p in first]) == pytest.approx(
        0.03, abs=0.02
    )


def test_tax_ids_are_valid_but_for_typing_errors(project: Path, world: World) -> None:
    assert all(codicefiscale.is_valid(person.tax_id) for person in world.people)
    assert all(iva.is_valid(firm.vat_id) for firm in world.firms)
    known = people_in(project, world, "gestionale")
    right = [row["CODFIS"] == person.tax_id for row, person in known if row["CODFIS"]]
    assert share(right) == pytest.approx(0.96, abs=0.03)
