"""The published crosswalk against a truth: how many joins are right, how many were found.

Pairwise precision and recall count pairs of records; B-cubed (Bagga and Baldwin, 1998) averages
over records, so that a large customer does not outweigh many small ones.
"""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from unify.errors import ConfigError
from unify.generations import Generations
from unify.publication import current
from unify.workspace import published

TRUTH_COLUMNS = ("source", "source_key", "entity")


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1, with the counts they come from."""

    right: float
    found: float
    true: float

    @property
    def precision(self) -> float:
        """The share of what was joined that is right; 1 when nothing was joined."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of what belongs together that was joined; 1 when nothing does."""
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How right the published customers are, over all and within each source and kind."""

    records: int
    not_published: int
    pairwise: Score
    bcubed_precision: float
    bcubed_recall: float
    by_source: Mapping[str, Score]
    by_kind: Mapping[str, Score]

    @property
    def bcubed_f1(self) -> float:
        """The harmonic mean of the B-cubed precision and recall."""
        total = self.bcubed_precision + self.bcubed_recall
        return 2 * self.bcubed_precision * self.bcubed_recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Judged:
    """A record of the truth: its entity, and the customer and kind it was published as."""

    source: str
    entity: str
    customer: str
    kind: str


def evaluate(generations: Generations, truth: Path) -> Evaluation:
    """Compare the published crosswalk with a truth (a CSV of source, source_key, entity).

    A record of the truth that was not published counts as a customer of its own.
    Raises ConfigError for a malformed truth.
    """
    entities = read_truth(truth)
    with published(current(generations)) as database:
        rows = database.query("evaluated_record").to_pylist()
    customers = {(row["source"], row["source_key"]): row for row in rows}
    judged = []
    for record, entity in entities.items():
        row = customers.get(record)
        alone = f"not published {record}"
        judged.append(
            Judged(
                record[0],
                entity,
                row["customer_id"] if row else alone,
                row["kind"] if row else "unknown",
            )
        )
    missing = sum(record not in customers for record in entities)
    return judge(judged, missing)


def judge(records: Sequence[Judged], not_published: int = 0) -> Evaluation:
    """The scores of judged records."""
    precision, recall = _bcubed(records)
    return Evaluation(
        records=len(records),
        not_published=not_published,
        pairwise=_pairwise(records),
        bcubed_precision=precision,
        bcubed_recall=recall,
        by_source=_within(records, "source"),
        by_kind=_within(records, "kind"),
    )


def read_truth(path: Path) -> dict[tuple[str, str], str]:
    """(source, source_key) → entity. Raises ConfigError for a file that is no truth."""
    if not path.is_file():
        raise ConfigError("no such file", where=os.fspath(path), remedy="Name the truth's CSV.")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            missing = [c for c in TRUTH_COLUMNS if c not in (rows.fieldnames or ())]
            if missing:
                raise ConfigError(
                    f"the truth has no column {', '.join(missing)}",
                    where=os.fspath(path),
                    remedy=f"Its header must be {','.join(TRUTH_COLUMNS)}.",
                )
            return {
                (row["source"], (row["source_key"] or "").strip()): row["entity"] for row in rows
            }
    except (UnicodeDecodeError, csv.Error) as unreadable:
        raise ConfigError(
            "the truth cannot be read as UTF-8 CSV",
            where=os.fspath(path),
            remedy=f"Save it as UTF-8 with the header {','.join(TRUTH_COLUMNS)}.",
        ) from unreadable


def _pairwise(records: Iterable[Judged]) -> Score:
    records = list(records)
    return Score(
        right=_pairs(Counter((r.entity, r.customer) for r in records)),
        found=_pairs(Counter(r.customer for r in records)),
        true=_pairs(Counter(r.entity for r in records)),
    )


def _within(records: Iterable[Judged], by: str) -> dict[str, Score]:
    groups: dict[str, list[Judged]] = {}
    for record in records:
        groups.setdefault(getattr(record, by), []).append(record)
    return {name: _pairwise(group) for name, group in sorted(groups.items())}


def _pairs(sizes: Mapping[object, int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def _bcubed(records: Sequence[Judged]) -> tuple[float, float]:
    both = Counter((r.entity, r.customer) for r in records)
    customers = Counter(r.customer for r in records)
    entities = Counter(r.entity for r in records)
    if not records:
        return 1.0, 1.0
    precision = sum(n * n / customers[customer] for (_, customer), n in both.items())
    recall = sum(n * n / entities[entity] for (entity, _), n in both.items())
    return precision / len(records), recall / len(records)
