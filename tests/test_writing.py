"""Typing variants and slips count as one value, and the best writing of it survives."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_rules import offered, survivors
from unify.standards.slips import is_slip
from unify.standards.writing import marks

Offer = dict[str, Any]


def person(full: str, key: str, prefix: str | None = None, **more: Any) -> Offer:
    """A name that a record offers, by its key."""
    told = {"full_name": full, "name_prefix": prefix, "name_suffix": None}
    return offered("name", key, told, **more)


def firm(name: str, key: str, **more: Any) -> Offer:
    return person(name, key, **more)


def job(firm: str, key: str, title: str | None, **more: Any) -> Offer:
    return offered("employment", key, {"organization": firm, "job_title": title}, **more)


def address(street: str, key: str, postcode: str | None = None, **more: Any) -> Offer:
    told = {"street": street, "city": "Bergamo", "region": None, "postcode": postcode}
    return offered("address", key, {**told, "country": None}, **more)


NICOLO, ROSSI, FARM = "nicolo rossi", "rossi", "societa agricola rossi"


@pytest.mark.parametrize(
    ("offers", "best"),
    [
        # accents and their stand-ins, whomever is trusted
        ([person("Nicolo Rossi", NICOLO, trust=90.0), person("Nicolò Rossi", NICOLO, trust=10.0)], 1),
        ([person("Nicolo' Rossi", NICOLO), person("Nicolo Rossi", NICOLO)], 1),
        ([person("Nicolo' Rossi", NICOLO), person("Nicolo Rossi", NICOLO), person("Nicolò Rossi", NICOLO)], 2),
        ([firm("Societa' Agricola Rossi", FARM), firm("Società Agricola Rossi", FARM)], 1),
        # capitals
        ([firm("società agricola ROSSI", FARM), firm("Società Agricola Rossi", FARM)], 1),
        ([person("nicolò Rossi", NICOLO), person("Nicolò Rossi", NICOLO)], 1),
        ([firm("Bar della Piazza", "bar della piazza", trust=90.0), firm("Bar Della Piazza", "bar della piazza")], 0),
        # decoration: a legal form, a title; and never another one than the chosen record's
        ([firm("Rossi", ROSSI, trust=90.0), firm("Rossi S.r.l.", ROSSI)], 1),
        ([firm("Rossi S.p.A.", ROSSI, trust=90.0), firm("Rossi S.r.l.", ROSSI)], 0),
        ([firm("Societa Rossi S.p.A.", "societa rossi", trust=90.0), firm("Società Rossi S.r.l.", "societa rossi")], 0),
        ([person("Nicolò Rossi", NICOLO, trust=90.0), person("Nicolò Rossi", NICOLO, "Dott.", filled=2)], 1),
        ([person("Nicolo Rossi", NICOLO, "Dott.", trust=90.0, filled=2), person("Nicolò Rossi", NICOLO, "Prof.", filled=2)], 0),
        # a job goes with its own firm, in its own words
        ([job("Rossi S.r.l.", ROSSI, "Direttore", trust=90.0), job("Rossi S.r.l.", ROSSI, "Responsabile qualità")], 0),
        ([job("Rossi S.r.l.", ROSSI, "responsabile qualita", trust=90.0), job("Rossi S.r.l.", ROSSI, "Responsabile qualità")], 0),
        # an address may gain a postcode, and never another one
        ([address("Via Roma, 1", "roma|1|bergamo", trust=90.0), address("Via Roma, 1", "roma|1|bergamo", "24121", filled=3)], 1),
        ([address("Via V. Roma, 1", "r", "24121", trust=90.0), address("Via Vincenzo Roma, 1", "r", "24121")], 1),
        ([address("Via V. Roma, 1", "r", "24121", trust=90.0), address("Via Vincenzo Roma, 1", "r", "24122")], 0),
    ],
)  # fmt: skip
def test_a_value_survives_in_its_best_writing(offers: list[Offer], best: int) -> None:
    (survivor,) = survivors(["trust"], *offers)
    assert survivor == best


@pytest.mark.parametrize(
    ("offers", "survivor"),
    [
        # two writings of one value outnumber another value
        ([person("Anna Verdi", "anna verdi"), person("Nicolo Rossi", NICOLO), person("Nicolò Rossi", NICOLO)], 2),
        # a slip counts for what it is a slip of, which the lists know
        ([person("Anna Verdi", "anna verdi"), person("Nicolò Bianhci", "nicolo bianhci"), person("Nicolò Bianchi", "nicolo bianchi")], 2),
        # Maria is no slip of Mario, and of two numbers none is the other's
        ([person("Maria Rossi", "maria rossi"), person("Mario Rossi", "mario rossi"), person("Mario Rossi", "mario rossi")], 1),
        ([address("Via Roma, 1", "roma|1|bergamo"), address("Via Roma, 2", "roma|2|bergamo")], 0),
        # a street that no list knows is a slip of the one that more records hold
        ([address("Via Pia, 1", "pia|1|b"), address("Via Matteoti, 1", "matteoti|1|b"),
          address("Via Matteotti, 1", "matteotti|1|b"), address("Via Matteotti, 1", "matteotti|1|b")], 2),
        # one record that says a value twice is one holder
        ([address("Via Roma, 1", "roma|1|b"), {**address("Via Pia, 1", "pia|1|b"), "record_id": "r9"},
          {**address("Via Pia, 1", "pia|1|b"), "record_id": "r9", "position": 1}], 0),
    ],
)  # fmt: skip
def test_variants_and_slips_count_as_one_value(offers: list[Offer], survivor: int) -> None:
    assert survivors(["frequent"], *offers)[0] == survivor


@pytest.mark.parametrize(
    ("written", "held", "of", "held_of", "safe"),
    [
        ("nicolo bianhci", 1, "nicolo bianchi", 1, True),
        ("nicolo bianchi", 1, "nicolo bianhci", 1, False),
        ("nicolo bianhci", 2, "nicolo bianchi", 1, False),
        ("mario rossi", 1, "maria rossi", 5, False),
        ("anna xyzzo", 1, "anna xyzza", 1, False),
        ("anna xyzzo", 1, "anna xyzza", 2, True),
        ("anna xyzzo", 2, "anna xyzza", 2, False),
        ("alfa", 1, "alba", 9, False),
        ("matteoti|1|b", 1, "matteotti|1|b", 2, False),
        ("rondamec 1", 1, "rondamec 2", 3, False),
        ("anna maria xyzzo", 1, "annamaria xyzzo", 3, False),
    ],
)
def test_a_slip_is_told_where_that_is_safe(
    written: str, held: int, of: str, held_of: int, safe: bool
) -> None:
    assert is_slip(written, held, of, held_of) == safe


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("Nicolò", "Nicol?"), ("Nicolò", "NicolÃ²"), ("Nicolo", "Nicolo'"), ("Nicolò", "Nicolo"),
        ("D'Angelo", "D?Angelo"), ("Rossi", "ROSSI"), ("Rossi", "rossi"), ("De Rossi", "de rossi"),
        ("Caffè Nero", "Caffe` Nero"),
    ],
)  # fmt: skip
def test_marks_tell_good_writing_from_bad(better: str, worse: str) -> None:
    assert marks(better, "name") > marks(worse, "name")


WORLD = [
    person("Nicolò Rossi", NICOLO, "Dott.", trust=10.0, filled=2), person("Nicolo Rossi", NICOLO, trust=10.0),
    person("Nicolo' Rossi", NICOLO, trust=10.0, updated="2025-01-01T00:00:00Z"), person("Nicolò Rosi", "nicolo rosi"),
    person("Nicolò Rossi", NICOLO), person("Nicola Rossi", "nicola rossi", trust=10.0), person("Nicolò ROSSI", NICOLO),
]  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(
    order=st.permutations(range(len(WORLD))), rules=st.permutations(["trust", "recent", "frequent"])
)
def test_the_order_of_records_changes_nothing(order: list[int], rules: list[str]) -> None:
    named = [{**offer, "record_id": f"r{place}"} for place, offer in enumerate(WORLD)]
    assert survivors(rules, *(named[place] for place in order)) == survivors(rules, *named)
