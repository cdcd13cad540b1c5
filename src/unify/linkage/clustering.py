"""Union-find in the order of evidence, under constraints that no third record can bridge."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

# A pair with this weight or less (log2) was compared and found to differ.
CONFLICT = -2.0


@dataclass(slots=True)
class Groups:
    """Disjoint groups of items 0 … n-1, and pairs of groups that must never be one.

    `identities` gives an item's identifier of its own (a valid tax id): two groups whose
    identifiers differ are never joined by evidence. Near-linear: the smaller group's
    constraints move to the larger one's.
    """

    identities: Sequence[Hashable | None]
    parent: list[int] = field(init=False)
    size: list[int] = field(init=False)
    identity: dict[int, Hashable] = field(init=False)
    apart: dict[int, set[int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.parent = list(range(len(self.identities)))
        self.size = [1] * len(self.identities)
        self.identity = {i: value for i, value in enumerate(self.identities) if value is not None}

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
        self.apart.setdefault(left, set()).add(right)
        self.apart.setdefault(right, set()).add(left)

    def held_apart(self, a: int, b: int) -> bool:
        """Whether a steward's word keeps the groups of two items apart."""
        return self.find(b) in self.apart.get(self.find(a), ())

    def differ(self, a: int, b: int) -> bool:
        """Whether the groups of two items have identifiers of their own that differ."""
        left = self.identity.get(self.find(a))
        right = self.identity.get(self.find(b))
        return left is not None and right is not None and left != right

    def join(self, a: int, b: int) -> bool:
        """Make one group of two, and say whether they were two."""
        left, right = self.find(a), self.find(b)
        if left == right:
            return False
        if (self.size[left], right) < (self.size[right], left):
            left, right = right, left
        self.parent[right] = left
        self.size[left] += self.size[right]
        if right in self.identity:
            self.identity.setdefault(left, self.identity.pop(right))
        for other in self.apart.pop(right, ()):
            self.apart[other].discard(right)
            self.apart[other].add(left)
            self.apart.setdefault(left, set()).add(other)
        return True


@dataclass(frozen=True, slots=True)
class Link:
    """Evidence that two items are one: its match probability, and its weight (log2)."""

    a: int
    b: int
    probability: float
    weight: float


@dataclass(slots=True)
class Evidence:
    """What speaks for and against two groups being one: all compared pairs across them."""

    between: dict[int, dict[int, tuple[float, float]]] = field(default_factory=dict)
    """group → other group → the sum of weights, and the smallest of them."""

    def add(self, a: int, b: int, total: float, least: float) -> None:
        """Count evidence between two groups."""
        for one, other in ((a, b), (b, a)):
            sums = self.between.setdefault(one, {})
            before, smallest = sums.get(other, (0.0, least))
            sums[other] = (before + total, min(smallest, least))

    def contradicts(self, a: int, b: int, enough: float) -> bool:
        """Whether some pair across two groups speaks clearly against what joins them.

        What joins them then has to carry a merge after all that speaks against it is paid.
        """
        total, least = self.between.get(a, {}).get(b, (0.0, 0.0))
        return least <= CONFLICT and total < enough

    def merge(self, kept: int, gone: int) -> None:
        """Hand the evidence on a group that was joined to another over to that one."""
        for other, (total, least) in self.between.pop(gone, {}).items():
            self.between[other].pop(gone, None)
            if other != kept:
                self.add(kept, other, total, least)


def join_by_evidence(groups: Groups, links: Sequence[Link], threshold: float) -> list[Link]:
    """Join along links that reach `threshold`, strongest first; give the links that joined.

    A link whose groups contradict one another elsewhere is not enough by itself: a record
    that says little (a surname and the mailbox of a couple) must not make one of two.
    """
    evidence = Evidence()
    for link in links:
        left, right = groups.find(link.a), groups.find(link.b)
        if left != right:
            evidence.add(left, right, link.weight, link.weight)
    enough = math.log2(threshold / (1 - threshold)) if threshold < 1 else math.inf
    joined = []
    for link in links:
        left, right = groups.find(link.a), groups.find(link.b)
        if link.probability < threshold or left == right:
            continue
        if groups.held_apart(left, right) or groups.differ(left, right):
            continue
        if evidence.contradicts(left, right, enough):
            continue
        groups.join(left, right)
        kept = groups.find(left)
        evidence.merge(kept, right if kept == left else left)
        joined.append(link)
    return joined
