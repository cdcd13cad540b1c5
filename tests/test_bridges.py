"""Weak bridges: what hangs on one of them fills no gaps."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unify.linkage.bridges import Held, beyond


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
