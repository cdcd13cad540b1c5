"""How right a grouping of records is against a truth: pairwise and B-cubed scores.

Pairwise scores count pairs of records; B-cubed (Bagga and Baldwin, 1998) averages over
records, so that a large customer does not outweigh many small ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1, with the counts they come from.

    Pairwise, pairs are counted: those joined (`found`), those that belong together (`true`), and
    how many of either are right. B-cubed counts records, each right by a share: of its customer
    that is of its entity (`right_of_found`), of its entity that is in its customer.
    """

    right_of_found: float
    found: float
    right_of_true: float
    true: float

    @property
    def precision(self) -> float:
        """The share of what was joined that is right; 1 when nothing was joined."""
        return self.right_of_found / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of what belongs together that was joined; 1 when nothing does."""
        return self.right_of_true / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Judged:
    """A record of the truth: its entity, and the customer and kind it was published as."""

    source: str
    entity: str
    customer: str
    kind: str


@dataclass(frozen=True, slots=True)
class Mixture:
    """A customer that holds records of several entities."""

    customer: str
    records: int
    entities: int


@dataclass(frozen=True, slots=True)
class Scores:
    """How right the customers of some records are."""

    records: int
    pairwise: Score
    bcubed: Score


def judge(records: Sequence[Judged]) -> Scores:
    """The scores of judged records."""
    both = Counter((r.entity, r.customer) for r in records)
    customers = Counter(r.customer for r in records)
    entities = Counter(r.entity for r in records)
    right = _pairs(both.values())
    return Scores(
        records=len(records),
        pairwise=Score(right, _pairs(customers.values()), right, _pairs(entities.values())),
        bcubed=Score(
            sum(n * n / customers[customer] for (_, customer), n in both.items()),
            len(records),
            sum(n * n / entities[entity] for (entity, _), n in both.items()),
            len(records),
        ),
    )


def judge_within(records: Iterable[Judged], by: Callable[[Judged], str]) -> dict[str, Scores]:
    """The scores within each group: pairs across groups do not count."""
    groups: dict[str, list[Judged]] = {}
    for record in records:
        groups.setdefault(by(record), []).append(record)
    return {name: judge(group) for name, group in sorted(groups.items())}


def largest_mixture(records: Iterable[Judged]) -> Mixture | None:
    """The customer of most records among those that mix entities; none when none does."""
    sizes: Counter[str] = Counter()
    entities: dict[str, set[str]] = {}
    for record in records:
        sizes[record.customer] += 1
        entities.setdefault(record.customer, set()).add(record.entity)
    mixed = [(-sizes[customer], customer) for customer, held in entities.items() if len(held) > 1]
    if not mixed:
        return None
    _, customer = min(mixed)
    return Mixture(customer, sizes[customer], len(entities[customer]))


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)
