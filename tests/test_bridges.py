"""Weak bridges: what hangs on one of them fills no gaps."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.projects import CRM, made
from unify.cluster import cluster
from unify.decisions import Decision, Judgement
from unify.identities import Past
from unify.land import land
from unify.linkage.bridges import Held, beyond
from unify.standardise import standardise
from unify.survive import Spoken, survive
from unify.tables import OrganizationRecord, PersonRecord, PublishedCrosswalk, ScoredPair
from unify.workspace import opened


def links(*told: str) -> list[Held]:
    """`1-2` is a firm link, `1~2` a weak one."""
    return [Held(int(one[0]), int(one[2]), one[1] == "-") for one in told]


@pytest.mark.parametrize(
    ("told", "outside"),
    [
        ([], []),
        (["1-2"], []),
        # One that joins by itself is no group.
        (["1~2"], []),
        (["1-2", "2~3"], []),
        (["1-2", "2-3", "3~4"], []),
        # Two groups on one weak link, or on a chain of them.
        (["1-2", "3-4", "2~3"], [3, 4]),
        (["1-2", "3-4", "4-5", "2~3"], [1, 2]),
        (["1-2", "2~3", "3~4", "4-5"], [3, 4, 5]),
        (["1~2", "2~3", "3~4"], [3, 4]),
        # A firm link, or two ways round, is no weak bridge.
        (["1-2", "3-4", "2-3"], []),
        (["1-2", "3-4", "2~3", "1~4"], []),
        (["1~2", "2~3", "3~4", "4~1"], []),
        # What a steward said of the same two is a firm link beside the weak one.
        (["1-2", "3-4", "2~3", "2-3"], []),
        # Three groups: the largest stays.
        (["1-2", "3-4", "4-5", "6-7", "2~3", "5~6"], [1, 2, 6, 7]),
    ],
)
def test_what_lies_beyond_weak_bridges(told: Sequence[str], outside: list[int]) -> None:
    assert beyond(links(*told)) == outside


LINKS = st.lists(
    st.builds(Held, st.integers(0, 8), st.integers(0, 8), st.booleans()).filter(
        lambda link: link.a != link.b
    ),
    max_size=14,
)


def parts(held: Sequence[Held]) -> dict[int, frozenset[int]]:
    """The part that each item is of."""
    part = {item: frozenset((item,)) for link in held for item in link[:2]}
    for link in held:
        whole = part[link.a] | part[link.b]
        part |= dict.fromkeys(whole, whole)
    return part


@given(LINKS)
def test_cutting_by_trying_every_link_gives_the_same(held: list[Held]) -> None:
    held = [link for link in held if link.a in parts(held)[held[0].a]] if held else held
    whole = parts(held)

    def parted(link: Held) -> bool:
        rest = [one for place, one in enumerate(held) if place != held.index(link)]
        apart = {**{item: frozenset((item,)) for item in whole}, **parts(rest)}
        a, b = apart[link.a], apart[link.b]
        return not link.firm and a != b and min(len(a), len(b)) >= 2

    kept = [link for link in held if not parted(link)]
    sides = {**{item: frozenset((item,)) for item in whole}, **parts(kept)}
    main = min(set(sides.values()), key=lambda side: (-len(side), min(side)), default=frozenset())
    assert beyond(held) == sorted(set(whole) - main)


@given(LINKS, st.randoms())
def test_the_order_of_links_changes_nothing(held: list[Held], random: object) -> None:
    shuffled = sorted(held, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert beyond(shuffled) == beyond(held)


CSV = """Id,Nome,Cognome,Email,Tel,Sito web,Consenso,Agg
1,Anna,Rossi,,,,,2020-01-01
2,Anna,Rossi,anna@rossi.it,,,,2020-01-01
3,Anna,Rossi,,035 6031234,due.it,no,2025-01-01
4,Anna,Rossi,,347 1234567,,,2025-01-01
"""
FIRM, WEAK = 12.0, 8.0


def golden(
    folder: Path, across: dict[tuple[int, int], float], decided: Sequence[Decision] = ()
) -> dict[str, str | None]:
    """The one customer of four records, 1 and 2 and likewise 3 and 4 firmly one."""
    plan = made(folder, f'{CRM}updated = "Agg"\n', {"crm.csv": CSV}).plan()
    at = "2026-05-12T06:00:00Z"
    with opened(None) as workspace:
        landed = land(workspace, plan.sources, ())
        standard = standardise(workspace, landed.records, "IT", ())
        weights = {(1, 2): FIRM, (3, 4): FIRM, **across}
        pairs = [(f"crm:{a}", f"crm:{b}", w, 1 / (1 + 2**-w), False, False) for (a, b), w in weights.items()]  # fmt: skip
        names = [name for name, _ in ScoredPair.columns]
        rows = pa.Table.from_pylist([dict(zip(names, pair, strict=True)) for pair in pairs])
        workspace.start(PersonRecord)
        workspace.start(OrganizationRecord)
        workspace.start(PublishedCrosswalk)
        scored = workspace.adopt(ScoredPair, rows, PersonRecord(), OrganizationRecord())
        who = cluster(
            workspace, standard, scored, PublishedCrosswalk(), decided, Past({}, {}, at),
            threshold=0.99,
        ).identified  # fmt: skip
        survive(workspace, standard, who, plan.survivorship, (), Spoken((), ()), at)
        (row,) = workspace.select("select to_json(golden_customer) from golden_customer")
    return dict(json.loads(row[0]))


def test_nothing_is_filled_across_a_weak_bridge_but_a_no(tmp_path: Path) -> None:
    anna = golden(tmp_path, {(2, 3): WEAK})
    assert (anna["email"], anna["phone"], anna["website"]) == ("anna@rossi.it", None, None)
    assert (anna["consent_marketing"], anna["records"]) == ("no", 4)


@pytest.mark.parametrize("across", [{(2, 3): FIRM}, {(2, 3): WEAK, (1, 4): WEAK}])
def test_gaps_are_filled_where_the_groups_are_surely_one(
    tmp_path: Path, across: dict[tuple[int, int], float]
) -> None:
    assert golden(tmp_path, across)["phone"] == "+393471234567"


def test_a_steward_s_word_makes_a_weak_bridge_a_firm_one(tmp_path: Path) -> None:
    said = Decision("crm:1", "crm:4", Judgement.SAME, "anna", "", "2026-05-12T06:00:00Z")
    assert golden(tmp_path, {(2, 3): WEAK}, [said])["phone"] == "+393471234567"
