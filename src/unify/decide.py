"""Decisions of stewards on what is published: noted in the ledger, heeded by each run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

from unify import ledger as ledgers
from unify.decisions import Decision, Judgement, Speaker
from unify.errors import ConfigError
from unify.generations import Generations
from unify.publication import current, resolved
from unify.workspace import Workspace, published


def decide(
    generations: Generations,
    ledger: Path,
    asked: tuple[str, str],
    judgement: Judgement,
    speaker: Speaker,
) -> tuple[Decision, ...]:
    """Say of two records, or customers (by any id that they ever had), whether they are one.

    Of customers, "different" holds between every record of the one and every record of the
    other; "same" joins their first records, and with them what holds each together.
    Raises ConfigError for what is not published, and for one that is named twice.
    """
    with published(current(generations)) as database:
        left, right = (_records(database, one) for one in asked)
    if set(left) & set(right):
        raise ConfigError("both are the same record or customer", where=" ".join(asked))
    pairs = list(product(left, right))
    if judgement is Judgement.SAME:
        pairs = pairs[:1]
    return _note(ledger, pairs, judgement, speaker)


def split(
    generations: Generations, ledger: Path, asked: Sequence[str], speaker: Speaker
) -> tuple[Decision, ...]:
    """Take records out of their customer: each is held apart from all that are not named.

    Those that are named stay together as far as their evidence goes. Raises ConfigError for what
    is no published record, and where nothing would be left of a customer.
    """
    with published(current(generations)) as database:
        pairs = list(_parted(database, list(dict.fromkeys(asked))))
    return _note(ledger, pairs, Judgement.DIFFERENT, speaker)


def _records(database: Workspace, asked: str) -> list[str]:
    """The record of that id, or all of the customer of that id."""
    held = _held(database, asked)
    return [asked] if asked in held else held


def _held(database: Workspace, asked: str) -> list[str]:
    """The records of the customer of an id or a record, in order."""
    rows = database.rows("shown_record", customer=resolved(database, asked))
    return sorted(row["record_id"] for row in rows)


def _parted(database: Workspace, asked: Sequence[str]) -> Iterator[tuple[str, str]]:
    for record in asked:
        held = _held(database, record)
        if record not in held:
            raise ConfigError("this is a customer; name records of it", where=record)
        staying = [one for one in held if one not in asked]
        if not staying:
            raise ConfigError(
                "nothing would be left of its customer",
                where=record,
                remedy="Name the records that are to leave, not those that stay.",
            )
        yield from product([record], staying)


def _note(
    ledger: Path, pairs: Sequence[tuple[str, str]], judgement: Judgement, speaker: Speaker
) -> tuple[Decision, ...]:
    decisions = tuple(
        Decision(a, b, judgement, speaker.steward, speaker.reason, speaker.at) for a, b in pairs
    )
    with ledgers.opened(ledger) as opened:
        opened.decide(*decisions)
    return decisions
