"""A value that a steward sets for a published customer: noted in the ledger, heeded by each run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from unify import ledger as ledgers
from unify.decisions import Override, Speaker
from unify.errors import ConfigError, did_you_mean
from unify.fields import STANDARD, Field
from unify.generations import Generations
from unify.publication import current, resolved
from unify.standards.stated import WANTED, standard_form
from unify.workspace import published


def override(
    generations: Generations,
    ledger: Path,
    asked: str,
    field: str,
    value: str,
    speaker: Speaker,
    *,
    own: Sequence[Field],
    country: str,
) -> Override:
    """Set a field of the customer of an id (any that it ever had) or of a record id.

    `own`: the project's own fields, beside the standard ones. `country`: how a value is read.
    Raises ConfigError for an unknown customer, a field that is none, and a value that it cannot
    have; no value takes away what the field has.
    """
    value = _stated(field, value, own, country)
    with published(current(generations)) as database:
        customer = resolved(database, asked)
        held = database.rows("shown_record", customer=customer)
    records = tuple(row["record_id"] for row in held)
    said = Override(customer, field, value, speaker.steward, speaker.reason, speaker.at, records)
    with ledgers.opened(ledger) as opened:
        opened.override(said)
    return said


def _stated(name: str, written: str, own: Sequence[Field], country: str) -> str:
    """The standard form of what was written for a field."""
    fields = {field.name: field for field in (*STANDARD, *own)}
    if name not in fields:
        raise ConfigError("no such field", where=name, remedy=did_you_mean(name, fields))
    field = fields[name]
    if not written.strip() and not field.many and name != "kind":
        return ""
    value = standard_form(field, written, country)
    if value is None:
        wanted = WANTED.get(name, f"a {field.kind}")
        raise ConfigError(f"{name} is {wanted}", where=written)
    return value
