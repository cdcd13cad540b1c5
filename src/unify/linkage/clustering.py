"""Union-find in the order of evidence, under constraints that no third record can bridge."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field


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
    """Evidence that two items are one, with its match probability."""

    a: int
    b: int
    probability: float


def join_by_evidence(groups: Groups, links: Iterable[Link], threshold: float) -> list[Link]:
    """Join along links that reach `threshold`, strongest first; give the links that joined."""
    joined = []
    for link in links:
        if link.probability < threshold:
            continue
        if groups.held_apart(link.a, link.b) or groups.differ(link.a, link.b):
            continue
        if groups.join(link.a, link.b):
            joined.append(link)
    return joined
