"""Decisions of stewards on what is published: noted in the ledger, heeded by each run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

from unify import ledger as ledgers
from unify.accord import agree
from unify.decisions import Decision, Judgement, Speaker, in_words
from unify.errors import ConfigError
from unify.generations import Generations
from unify.publication import current, resolved
from unify.standing import known_by
from unify.workspace import Workspace, published


def decide(
    generations: Generations,
    ledger: Path,
    asked: tuple[str, str],
    judgement: Judgement,
    speaker: Speaker,
) -> tuple[Decision, ...]:
    """Say of two records, or customers (by any id that they ever had), whether they are one.

    Of customers, it holds between every record of the one and every record of the other. Raises
    ConfigError for what is not published, for one that is named twice, and for what contradicts
    earlier decisions through other records: they are named.
    """
    with published(current(generations)) as database:
        left, right = (_records(database, one) for one in asked)
        if set(left) & set(right):
            raise ConfigError("both are the same record or customer", where=" ".join(asked))
        return _note(ledger, database, list(product(left, right)), judgement, speaker)


def split(
    generations: Generations, ledger: Path, asked: Sequence[str], speaker: Speaker
) -> tuple[Decision, ...]:
    """Take records out of their customer: each is held apart from all that are not named.

    Those that are named stay together as far as their evidence goes. Raises ConfigError for what
    is no published record, and where nothing would be left of a customer.
    """
    with published(current(generations)) as database:
        pairs = list(_parted(database, list(dict.fromkeys(asked))))
        return _note(ledger, database, pairs, Judgement.DIFFERENT, speaker)


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
    ledger: Path,
    database: Workspace,
    pairs: Sequence[tuple[str, str]],
    judgement: Judgement,
    speaker: Speaker,
) -> tuple[Decision, ...]:
    now, forms = known_by(database, {record for pair in pairs for record in pair})
    decisions = tuple(
        Decision(
            a, b, judgement, speaker.steward, speaker.reason, speaker.at,
            now.get(a, ""), now.get(b, ""),
        )
        for a, b in pairs
    )  # fmt: skip
    with ledgers.opened(ledger) as opened:
        _refuse(opened.decisions(), decisions)
        opened.decide(*decisions, forms=forms)
    return decisions


def _refuse(before: Sequence[Decision], decisions: Sequence[Decision]) -> None:
    """Raise ConfigError for words that earlier ones rule out through other records.

    A steward's own earlier words on the same records are replaced; another's are in conflict.
    """
    pairs = {decision.pair for decision in decisions}
    accord = agree(d for d in before if d.pair not in pairs).accord
    for decision in decisions:
        against = accord.objection(decision)
        if against:
            told = " and ".join(map(in_words, against))
            raise ConfigError(
                f"this contradicts an earlier decision: {told}",
                where=in_words(decision),
                remedy="Ask them; the one who is wrong decides anew.",
            )
        accord.add(decision)
