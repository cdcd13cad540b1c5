"""What differs between two generations: customers that came, went or moved, and their values."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from unify.errors import ConfigError, WorkspaceError
from unify.generations import Generations, read_summary
from unify.publication import current, move_rows, published_moves
from unify.workspace import opened

Row = dict[str, Any]
CONSENT = "consent_marketing"


@dataclass(frozen=True, slots=True)
class Difference:
    """Two generations, and what makes the later one of the earlier."""

    before: str
    now: str
    gate: tuple[str, ...]
    """Why the later one is held back, if it is."""
    totals: dict[str, tuple[int, int]]
    """what is counted → how many there were, and are"""
    come: tuple[Row, ...]
    """Customers that are new, with the customer that most of their records are from."""
    gone: tuple[Row, ...]
    """Customers that are no more, with the one that most of their records went to."""
    changed: tuple[Row, ...]
    """Values that are others: customer, field, before and now."""
    rekeyed: dict[str, Row]
    """Of each source that gave keys to others: how many keys stand, how many of them hold
    `strangers`, how many records `moved` to another key. Known of one generation after another."""

    @property
    def fields(self) -> dict[str, int]:
        """How many customers have another value of each field, the most first."""
        return dict(Counter(row["field"] for row in self.changed).most_common())

    @property
    def emptied(self) -> dict[str, int]:
        """How many customers had a value of each field, and have none now."""
        lost = Counter(row["field"] for row in self.changed if row["now"] is None)
        return {field: lost[field] for field in self.fields}

    @property
    def consents_loosened(self) -> tuple[str, ...]:
        """The customers who had refused and now do not."""
        return tuple(
            row["customer_id"]
            for row in self.changed
            if row["field"] == CONSENT and row["before"] == "no"
        )


def diff(generations: Generations, runs: tuple[str, ...]) -> Difference:
    """Compare two generations.

    `runs`: none (the candidate that is held back, or else what is published, with the one before
    it), one (with the one before it), or two. Raises ConfigError for a run whose generation is
    not kept, WorkspaceError where there is nothing to compare.
    """
    now = _folder(generations, runs[-1]) if runs else _latest(generations)
    before = _folder(generations, runs[0]) if len(runs) > 1 else _followed(generations, now)
    summaries = [read_summary(folder) for folder in (before, now)]
    places = {"before": os.fspath(before), "now": os.fspath(now)}
    follow = summaries[1]["follows"] == summaries[0]["run_id"]
    with opened(None) as memory:
        memory.lend("moved_record", move_rows(published_moves(now) if follow else {}))
        moved = memory.rows("customer_moved", **places)
        changed = memory.rows("value_changed", **places)
    return Difference(
        before=summaries[0]["run_id"],
        now=summaries[1]["run_id"],
        gate=tuple(summaries[1].get("gate", ())),
        totals=_totals(*summaries),
        come=tuple(row for row in moved if row["change"] == "come"),
        gone=tuple(row for row in moved if row["change"] == "gone"),
        changed=tuple(changed),
        rekeyed=summaries[1].get("rekeyed", {}) if follow else {},
    )


def _latest(generations: Generations) -> Path:
    """The candidate that is held back, or else what is published."""
    published = current(generations).parent
    return generations.waiting() or published


def _followed(generations: Generations, folder: Path) -> Path:
    """The generation that one was made after."""
    follows = read_summary(folder)["follows"]
    if follows is None:
        raise WorkspaceError(
            "this is the first generation: there is none before it",
            where=os.fspath(folder),
        )
    return _folder(generations, follows)


def _folder(generations: Generations, run_id: str) -> Path:
    kept = generations.of(run_id)
    if kept is None:
        raise ConfigError(
            "the generation of this run is not kept",
            where=run_id,
            remedy=f"Kept are: {', '.join(generations.kept()) or 'none'}.",
        )
    return kept


def _totals(before: Row, now: Row) -> dict[str, tuple[int, int]]:
    names = ("customers", "records", "set_aside", "review_pairs", "largest_customer")
    sources = sorted({*before["sources"], *now["sources"]})
    return {
        **{name.replace("_", " "): (before[name], now[name]) for name in names},
        **{
            f"records of {name}": tuple(
                one["sources"].get(name, {}).get("records", 0) for one in (before, now)
            )
            for name in sources
        },
    }
