"""Union-find in the order of evidence, under constraints that no third record can bridge."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import chain
from typing import NamedTuple

# A pair with this weight or less (log2) was compared and found to differ.
CONFLICT = -2.0
# What is left of the evidence after all that speaks against is paid has to be so much (log2).
PAID = 2.0
# Two groups of so many records each are not made one by a single link that is no better than
# this much (log2) above what a merge takes.
DENSE = 3
WEAK_BRIDGE = 3.0

Pair = tuple[int, int]


class Reason(Enum):
    """Why a link that is likely enough did not join its records."""

    DECISION = "kept apart by a decision"
    IDENTITY = "identifiers differ"
    KIND = "one is a person and one a firm"
    CONTRADICTED = "others of the two groups differ"
    PARTED = "others of the two groups are told apart"
    CLAIMED = "it fits two customers alike"
    BRIDGE = "a weak bridge between two groups"


class Link(NamedTuple):
    """Evidence that two items are one: its match probability, and its weight (log2)."""

    a: int
    b: int
    probability: float
    weight: float
    parted: bool = False
    """Whether the two differ in what tells two apart, and are not likely enough by themselves."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A link that did not join, why, and the two items that stood in the way."""

    link: Link
    reason: Reason
    witnesses: Pair


@dataclass(slots=True)
class Groups:
    """Disjoint groups of items 0 … n-1, and pairs of groups that must never be one.

    `identities` gives an item's identifier of its own (a valid tax id), `kinds` its kind, where
    it is known: two groups of which either differ are never joined by evidence. Near-linear:
    the smaller group's constraints move to the larger one's.
    """

    identities: Sequence[Hashable | None]
    kinds: Sequence[Hashable | None] = ()
    parent: list[int] = field(init=False)
    size: list[int] = field(init=False)
    identified: dict[int, int] = field(init=False)
    """group → the item whose identifier is the group's"""
    of_kind: dict[int, int] = field(init=False)
    """group → the item whose kind is the group's"""
    apart: dict[int, dict[int, Pair]] = field(init=False, default_factory=dict)
    """group → other group → the two items that were held apart"""

    def __post_init__(self) -> None:
        self.parent = list(range(len(self.identities)))
        self.size = [1] * len(self.identities)
        self.identified = {i: i for i, value in enumerate(self.identities) if value is not None}
        self.of_kind = {i: i for i, value in enumerate(self.kinds) if value is not None}

    def find(self, item: int) -> int:
        """The representative of an item's group."""
        root = item
        while self.parent[root] != root:
            root = self.parent[root]
        while self.parent[item] != root:
            self.parent[item], item = root, self.parent[item]
        return root

    def keep_apart(self, a: int, b: int) -> None:
        """Hold the groups of two items apart, whatever joins either later."""
        left, right = self.find(a), self.find(b)
        self.apart.setdefault(left, {}).setdefault(right, (a, b))
        self.apart.setdefault(right, {}).setdefault(left, (b, a))

    def held_apart(self, a: int, b: int) -> Pair | None:
        """The two items by which a steward's word keeps the groups of two items apart."""
        return self.apart.get(self.find(a), {}).get(self.find(b))

    def differ(self, a: int, b: int) -> Pair | None:
        """The two items whose identifiers differ, of the groups of two items."""
        return self._unlike(self.identified, self.identities, a, b)

    def of_two_kinds(self, a: int, b: int) -> Pair | None:
        """The two items whose kinds differ, of the groups of two items."""
        return self._unlike(self.of_kind, self.kinds, a, b)

    def _unlike(
        self, known: Mapping[int, int], values: Sequence[Hashable | None], a: int, b: int
    ) -> Pair | None:
        left, right = known.get(self.find(a)), known.get(self.find(b))
        if left is None or right is None or values[left] == values[right]:
            return None
        return left, right

    def join(self, a: int, b: int) -> bool:
        """Make one group of two, and say whether they were two."""
        left, right = self.find(a), self.find(b)
        if left == right:
            return False
        if (self.size[left], right) < (self.size[right], left):
            left, right = right, left
        # Only a steward joins two kinds: what kind they are is open then.
        if self.of_two_kinds(left, right):
            del self.of_kind[left], self.of_kind[right]
        self.parent[right] = left
        self.size[left] += self.size[right]
        for known in (self.identified, self.of_kind):
            if right in known:
                known.setdefault(left, known.pop(right))
        for other, witnesses in self.apart.pop(right, {}).items():
            self.apart[other].pop(right)
            self.apart[other].setdefault(left, witnesses[::-1])
            self.apart.setdefault(left, {}).setdefault(other, witnesses)
        return True


class Across(NamedTuple):
    """What the compared pairs across two groups say: their weights, the worst and the best, how
    many speak for one, and one that tells them apart."""

    total: float
    least: float
    worst: Pair
    most: float
    best: Pair
    support: int
    parted: Pair | None

    def __add__(self, other: Across) -> Across:  # type: ignore[override]
        least, worst = min((self.least, self.worst), (other.least, other.worst))
        most, best = max((self.most, self.best), (other.most, other.best))
        return Across(
            self.total + other.total,
            least,
            worst,
            most,
            best,
            self.support + other.support,
            self.parted or other.parted,
        )


@dataclass(slots=True)
class Evidence:
    """What speaks for and against two groups being one: all compared pairs across them."""

    between: dict[int, dict[int, Across]] = field(default_factory=dict)
    """group → other group → what stands between them"""

    def add(self, a: int, b: int, across: Across) -> None:
        """Count evidence between two groups."""
        for one, other in ((a, b), (b, a)):
            known = self.between.setdefault(one, {})
            known[other] = known[other] + across if other in known else across

    def rival(self, one: int, other: int, weight: float) -> Pair | None:
        """The best pair of a group and a third one that is told apart from the other, where that
        link weighs as much: to which of the two the group belongs is open."""
        beside = self.between[other]
        return next(
            (
                across.best
                for third, across in sorted(self.between[one].items())
                if across.support and across.most >= weight
                if third in beside and beside[third].parted
            ),
            None,
        )

    def merge(self, kept: int, gone: int) -> None:
        """Hand the evidence on a group that was joined to another over to that one."""
        for other, across in self.between.pop(gone, {}).items():
            self.between[other].pop(gone, None)
            if other != kept:
                self.add(kept, other, across)


def join_by_evidence(
    groups: Groups, links: Sequence[Link], threshold: float
) -> tuple[list[Link], list[Refusal]]:
    """Join along links that reach `threshold`, strongest first; give what joined and what did not.

    A link whose groups contradict one another elsewhere is not enough by itself: a record
    that says little (a surname and the mailbox of a couple) must not make one of two.
    """
    enough = math.log2(threshold / (1 - threshold)) if threshold < 1 else math.inf
    evidence = _evidence(groups, links, threshold)
    joined, refused = [], []
    for link in links:
        left, right = groups.find(link.a), groups.find(link.b)
        if link.probability < threshold or left == right:
            continue
        across = evidence.between[left][right]
        # Which of two it is has to be as sure as that it is one.
        margin = link.weight - enough
        rival = evidence.rival(left, right, margin) or evidence.rival(right, left, margin)
        refusal = next(_objections(groups, link, across, rival, enough), None)
        if refusal:
            refused.append(refusal)
            continue
        groups.join(left, right)
        kept = groups.find(left)
        evidence.merge(kept, right if kept == left else left)
        joined.append(link)
    return joined, refused


@dataclass(frozen=True, slots=True)
class Components:
    """What links would make of items if nothing spoke against it: only items that are linked."""

    component: Mapping[int, int]
    """item → the smallest item that it is linked with, itself included."""
    weakest: Mapping[int, float]
    """component → the probability of its weakest link that is needed."""


def components(decided: Iterable[Pair], links: Iterable[tuple[int, int, float]]) -> Components:
    """Follow what was decided, then links (two items and a probability), strongest first."""
    parent: dict[int, int] = {}
    weakest: dict[int, float] = {}

    def find(item: int) -> int:
        above = parent.setdefault(item, item)
        while above != item:
            parent[item] = above = parent[above]
            item, above = above, parent[above]
        return item

    for a, b, probability in chain(((a, b, 1.0) for a, b in decided), links):
        left, right = find(a), find(b)
        if left != right:
            first, second = (left, right) if left < right else (right, left)
            parent[second] = first
            weakest[first] = probability
    return Components({item: find(item) for item in parent}, weakest)


def _evidence(groups: Groups, links: Sequence[Link], threshold: float) -> Evidence:
    evidence = Evidence()
    for link in links:
        left, right = groups.find(link.a), groups.find(link.b)
        if left != right:
            pair, support = (link.a, link.b), int(link.probability >= threshold)
            parted = pair if link.parted else None
            across = Across(link.weight, link.weight, pair, link.weight, pair, support, parted)
            evidence.add(left, right, across)
    return evidence


def _objections(
    groups: Groups, link: Link, across: Across, rival: Pair | None, enough: float
) -> Iterator[Refusal]:
    """What keeps the groups of a link apart, the strongest reason first."""
    if witnesses := groups.held_apart(link.a, link.b):
        yield Refusal(link, Reason.DECISION, witnesses)
    if witnesses := groups.differ(link.a, link.b):
        yield Refusal(link, Reason.IDENTITY, witnesses)
    if witnesses := groups.of_two_kinds(link.a, link.b):
        yield Refusal(link, Reason.KIND, witnesses)
    if across.parted:
        yield Refusal(link, Reason.PARTED, across.parted)
    if rival:
        yield Refusal(link, Reason.CLAIMED, rival)
    # What joins them has to speak for a merge still when all that speaks against it is paid.
    if across.least <= CONFLICT and across.total < PAID:
        yield Refusal(link, Reason.CONTRADICTED, across.worst)
    smaller = min(groups.size[groups.find(link.a)], groups.size[groups.find(link.b)])
    if smaller >= DENSE and across.support == 1 and across.total < enough + WEAK_BRIDGE:
        yield Refusal(link, Reason.BRIDGE, (link.a, link.b))
