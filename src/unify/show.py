"""A golden customer as it is published: its records, the origin of each value, its events.

What stewards set for its records is told with it, though it shows in the values only from the
next run on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from unify.decisions import Override
from unify.generations import Generations
from unify.ledger import Ledger, consulted
from unify.publication import current, resolved
from unify.workspace import published

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """One published customer."""

    customer_id: str
    golden: Row
    lineage: tuple[Row, ...]
    records: tuple[Row, ...]
    events: tuple[Row, ...]
    relations: tuple[Row, ...]
    overrides: tuple[Override, ...]


def show(generations: Generations, ledger: Path, asked: str) -> Shown:
    """The customer of an id (any that it ever had) or of a record id.

    Raises ConfigError for one that was never published.
    """
    with published(current(generations)) as database:
        customer = resolved(database, asked)
        (golden,) = database.rows("shown_customer", customer=customer)
        records = tuple(database.rows("shown_record", customer=customer))
        return Shown(
            customer_id=customer,
            golden=golden,
            lineage=tuple(database.rows("shown_lineage", customer=customer)),
            records=records,
            events=tuple(database.rows("shown_event", customer=customer)),
            relations=tuple(database.rows("shown_relation", customer=customer)),
            overrides=_overrides(ledger, records),
        )


def _overrides(ledger: Path, records: Sequence[Row]) -> tuple[Override, ...]:
    """What was set for any of the records."""
    held = {record["record_id"] for record in records}
    every = consulted(ledger, Ledger.overrides)
    return tuple(said for said in every if held.intersection(said.records))
