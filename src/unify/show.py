"""A golden customer as it is published: its records, the origin of each value, its events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from unify.errors import ConfigError
from unify.generations import Generations
from unify.publication import current
from unify.workspace import Workspace, published

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


def show(generations: Generations, asked: str) -> Shown:
    """The customer of an id (any that it ever had) or of a record id.

    Raises ConfigError for one that was never published.
    """
    with published(current(generations)) as database:
        customer = _resolved(database, asked)
        (golden,) = database.rows("shown_customer", customer=customer)
        return Shown(
            customer_id=customer,
            golden=golden,
            lineage=tuple(database.rows("shown_lineage", customer=customer)),
            records=tuple(database.rows("shown_record", customer=customer)),
            events=tuple(database.rows("shown_event", customer=customer)),
            relations=tuple(database.rows("shown_relation", customer=customer)),
        )


def _resolved(database: Workspace, asked: str) -> str:
    found = database.rows("resolved_customer", asked=asked)
    if found:
        return str(found[0]["customer_id"])
    gone = [e for e in database.rows("shown_event", customer=asked) if e["event"] == "retired"]
    if gone:
        raise ConfigError(
            f"this customer was retired at {gone[-1]['at']}: no source holds a record of it",
            where=asked,
        )
    raise ConfigError(
        "no customer or record of this id is published",
        where=asked,
        remedy="A customer id looks like C-7Q2M4K9XAB, a record id like crm:1042.",
    )
