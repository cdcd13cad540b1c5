"""A value that a steward sets for a published customer: noted in the ledger, heeded by each run."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from unify import ledger as ledgers
from unify.decisions import Override
from unify.errors import ConfigError
from unify.fields import ORGANIZATION, PERSON
from unify.generations import Generations
from unify.publication import current, resolved
from unify.workspace import published

SETTABLE: Final = {"kind": (PERSON, ORGANIZATION)}


def override(
    generations: Generations,
    ledger: Path,
    asked: str,
    *,
    field: str,
    value: str,
    steward: str,
    reason: str,
    at: str,
) -> Override:
    """Set a field of the customer of an id (any that it ever had) or of a record id.

    Raises ConfigError for an unknown customer, a field that cannot be set, a value that it cannot
    have, and where nobody or no reason is named.
    """
    _refuse_unsettable(field, value)
    _refuse_blank(by=steward, reason=reason)
    with published(current(generations)) as database:
        customer = resolved(database, asked)
        held = database.rows("shown_record", customer=customer)
    records = tuple(row["record_id"] for row in held)
    said = Override(customer, field, value, steward.strip(), reason.strip(), at, records)
    with ledgers.opened(ledger) as opened:
        opened.override(said)
    return said


def _refuse_unsettable(field: str, value: str) -> None:
    if field not in SETTABLE:
        known = "; ".join(f"{name} ({' or '.join(SETTABLE[name])})" for name in SETTABLE)
        raise ConfigError(f"this field cannot be set, only these can: {known}", where=field)
    if value not in SETTABLE[field]:
        raise ConfigError(f"{field} is {' or '.join(SETTABLE[field])}", where=value)


def _refuse_blank(**texts: str) -> None:
    for name, text in texts.items():
        if not text.strip():
            raise ConfigError("it says nothing", where=f"--{name}")
