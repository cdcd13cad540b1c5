"""What stewards said, taken together: yes joins, no holds apart, both through any third record.

Two stewards who differ on the same two records are in conflict: neither word holds. A word that
earlier ones rule out through other records contradicts them.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from unify.decisions import Decision, Judgement

Pair = tuple[str, str]


@dataclass(slots=True)
class Accord:
    """Words of stewards without contradiction."""

    parent: dict[str, str] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)
    """group → its records"""
    apart: dict[str, dict[str, Decision]] = field(default_factory=dict)
    """group → other group → the word that holds the two apart"""
    joined: dict[str, list[Decision]] = field(default_factory=lambda: defaultdict(list))
    """record → the words that joined it to another"""

    def group(self, record: str) -> str:
        """The representative of all records that are one with this one."""
        root = record
        while self.parent.get(root, root) != root:
            root = self.parent[root]
        while self.parent.get(record, record) != root:
            self.parent[record], record = root, self.parent[record]
        return root

    def together(self, record: str) -> list[str]:
        """All records that are one with this one, itself included."""
        return self.members.get(self.group(record), [record])

    def objection(self, decision: Decision) -> tuple[Decision, ...]:
        """The earlier words that rule a word out; none where it fits."""
        left, right = self.group(decision.left_record), self.group(decision.right_record)
        if decision.judgement is Judgement.SAME and right in self.apart.get(left, {}):
            return (self.apart[left][right],)
        if decision.judgement is Judgement.DIFFERENT and left == right:
            return self._why_one(decision.left_record, decision.right_record)
        return ()

    def add(self, decision: Decision) -> None:
        """Take in a word to which there is no objection."""
        left, right = self.group(decision.left_record), self.group(decision.right_record)
        if decision.judgement is Judgement.SAME:
            self.joined[decision.left_record].append(decision)
            self.joined[decision.right_record].append(decision)
            if left != right:
                self._join(left, right)
        elif decision.judgement is Judgement.DIFFERENT:
            self.apart.setdefault(left, {}).setdefault(right, decision)
            self.apart.setdefault(right, {}).setdefault(left, decision)

    def held_apart(self) -> Iterator[tuple[list[str], list[str]]]:
        """Every two groups of records that are held apart, once."""
        for left, others in self.apart.items():
            for right in others:
                if left < right:
                    yield self.together(left), self.together(right)

    def _join(self, left: str, right: str) -> None:
        """Make one group of two: the smaller one's words move to the larger."""
        if len(self.together(left)) < len(self.together(right)):
            left, right = right, left
        self.members[left] = self.together(left) + self.together(right)
        self.members.pop(right, None)
        self.parent[right] = left
        for other, word in self.apart.pop(right, {}).items():
            self.apart[other].pop(right)
            self.apart.setdefault(left, {}).setdefault(other, word)
            self.apart[other].setdefault(left, word)

    def _why_one(self, left: str, right: str) -> tuple[Decision, ...]:
        """The fewest words that make two records one, in order from the left one."""
        reached: dict[str, tuple[str, Decision] | None] = {left: None}
        waiting = deque([left])
        while waiting and right not in reached:
            here = waiting.popleft()
            for word in self.joined[here]:
                there = word.right_record if word.left_record == here else word.left_record
                if there not in reached:
                    reached[there] = here, word
                    waiting.append(there)
        words: list[Decision] = []
        step = reached.get(right)
        while step:
            words.append(step[1])
            step = reached[step[0]]
        return tuple(reversed(words))


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A word that does not hold, and the earlier ones that rule it out."""

    decision: Decision
    by: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Agreed:
    """All words of stewards: those that hold, those in conflict, those that contradict others."""

    accord: Accord
    holding: tuple[Decision, ...]
    conflicts: tuple[tuple[Decision, ...], ...]
    """The words of several stewards on two records, where they differ."""
    contradictions: tuple[Contradiction, ...]


def agree(decisions: Iterable[Decision]) -> Agreed:
    """Take words together in the order in which they were said."""
    said = sorted(decisions, key=lambda decision: decision.at)
    differing = conflicts(said)
    accord, holding, contradictions = Accord(), [], []
    for decision in said:
        if decision.pair in differing:
            continue
        if objection := accord.objection(decision):
            contradictions.append(Contradiction(decision, objection))
            continue
        accord.add(decision)
        holding.append(decision)
    return Agreed(accord, tuple(holding), tuple(differing.values()), tuple(contradictions))


def conflicts(decisions: Iterable[Decision]) -> Mapping[Pair, tuple[Decision, ...]]:
    """The records on which stewards differ, and what each of them said; who is unsure, agrees."""
    by_pair: dict[Pair, dict[str, Decision]] = {}
    for decision in decisions:
        if decision.judgement is not Judgement.UNSURE:
            by_pair.setdefault(decision.pair, {})[decision.steward] = decision
    return {
        pair: tuple(words.values())
        for pair, words in by_pair.items()
        if len({word.judgement for word in words.values()}) > 1
    }
