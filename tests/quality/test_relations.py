"""Relations of generated Italian contacts, against the households and employers behind them."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.projects import Project
from tests.quality.italian_contacts import name_of, real_world, write_project
from tests.quality.italian_world import Entity, Person

pytestmark = pytest.mark.quality

RECORDS, SEED = 5_000, 1
Pairs = set[frozenset[str]]


def entities_of(project: Project, truth: Path) -> dict[str, str]:
    """customer id → the entity that most of its records are of."""
    with truth.open(encoding="utf-8", newline="") as file:
        entity = {f"{r['source']}:{r['source_key']}": r["entity"] for r in csv.DictReader(file)}
    held: dict[str, Counter[str]] = {}
    for record, customer in project.customers().items():
        held.setdefault(customer, Counter())[entity[record]] += 1
    return {customer: counted.most_common(1)[0][0] for customer, counted in held.items()}


def households(people: Mapping[str, Person]) -> Pairs:
    homes: dict[int, list[str]] = {}
    for name, person in people.items():
        homes.setdefault(id(person.household), []).append(name)
    return {frozenset((a, b)) for home in homes.values() for a in home for b in home if a < b}


def rates(found: Pairs, true: Pairs) -> tuple[float, float]:
    """Precision and recall."""
    right = len(found & true)
    return right / len(found), right / len(true)


def test_households_and_employers_are_found(tmp_path: Path) -> None:
    truth = write_project(tmp_path, RECORDS, seed=SEED)
    project = Project(tmp_path)
    assert project.unify("match").code == 0
    entity = entities_of(project, truth)
    world = real_world(RECORDS, SEED)
    every: dict[str, Entity] = {name_of(one): one for one in (*world.firms, *world.people)}
    here = {name: every[name] for name in set(entity.values())}
    people = {name: one for name, one in here.items() if isinstance(one, Person)}
    work: Pairs = {
        frozenset((name, name_of(one.employer)))
        for name, one in people.items()
        if one.employer and name_of(one.employer) in here
    }
    home = households(people)
    found: dict[str, Pairs] = {"works_at": set(), "same_household": set(), "shares_contact": set()}
    for row in project.published("relations"):
        ends = frozenset((entity[row["customer_id"]], entity[row["other_customer_id"]]))
        found[row["relation"]].add(ends)
    same_home, works = rates(found["same_household"], home), rates(found["works_at"], work)
    contacts = found["shares_contact"]
    explained = sum(
        pair in work or pair in home or employers(people, pair) for pair in contacts
    ) / max(1, len(contacts))
    print(
        f"\nrelations of {RECORDS} records\n"
        f"  same_household: precision {same_home[0]:.4f}, recall {same_home[1]:.4f}"
        f" of {len(home)} pairs\n"
        f"  works_at: precision {works[0]:.4f}, recall {works[1]:.4f} of {len(work)} pairs\n"
        f"  shares_contact: {len(contacts)} pairs, {explained:.4f} of them of one home or firm"
    )
    assert same_home[0] > 0.9
    assert works[0] > 0.9


def employers(people: Mapping[str, Person], pair: frozenset[str]) -> bool:
    """Whether two people work at one firm."""
    firms = [people[name].employer for name in pair if name in people]
    return len(firms) == 2 and firms[0] is not None and firms[0] is firms[1]
