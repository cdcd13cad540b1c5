"""Erasures, as the ledger keeps them: what is still to be removed, and the signs it left.

While an erasure is under way the ledger names what is to go, so that the next command can
complete it. Afterwards nothing is left of it but ids, and signs that are salted hashes.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from unify.ledger import Ledger

ERASED = "erased"
# Tables of the ledger that are cleaned in a way of their own, or hold nothing of people.
_OWN_WAY = ("customer", "event", "override", "run", "erasure", "tombstone", "secret")


@dataclass(frozen=True, slots=True)
class Person:
    """All that is to be forgotten of a customer."""

    customers: tuple[str, ...]
    """The ids that it has and had."""
    records: tuple[str, ...]
    values: tuple[str, ...] = ()
    """The text that only these records hold."""

    @property
    def marks(self) -> tuple[str, ...]:
        """The values that tell who it is wherever they are met, in lower case."""
        told = {value.casefold() for value in self.values if _telling(value)}
        # People write *Via Roma 1* where the standard form is *Via Roma, 1*.
        return tuple(sorted(told | {value.replace(", ", " ") for value in told}))


@dataclass(frozen=True, slots=True)
class Erasure:
    """One erasure: who asked for it, why and when, and what is still to go."""

    run_id: str
    at: str
    steward: str
    reason: str
    person: Person


@dataclass(frozen=True, slots=True)
class Tombstones:
    """The signs of all that was erased, and the salt that they are made with."""

    salt: str
    signs: tuple[str, ...]


def note(ledger: Ledger, erasure: Erasure, signs: Iterable[str]) -> None:
    """Remember, in one transaction, that an erasure has begun, and the signs that it leaves."""
    with ledger.connection as connection:
        connection.execute(
            "insert into erasure values (?, ?, ?, ?, ?, ?, ?)",
            (
                erasure.run_id, erasure.at, erasure.steward, erasure.reason,
                json.dumps(erasure.person.customers), len(erasure.person.records),
                json.dumps(asdict(erasure.person)),
            ),
        )  # fmt: skip
        connection.executemany(
            "insert or ignore into tombstone values (?, ?)",
            [(sign, erasure.run_id) for sign in sorted(set(signs))],
        )


def unfinished(ledger: Ledger) -> list[Erasure]:
    """The erasures that have begun and not ended, in order."""
    rows = ledger.connection.execute(
        "select run_id, at, steward, reason, unfinished from erasure"
        " where unfinished <> '' order by rowid"
    ).fetchall()
    return [
        Erasure(run, at, steward, reason, _person(json.loads(person)))
        for run, at, steward, reason, person in rows
    ]


def _person(written: dict[str, list[str]]) -> Person:
    return Person(**{name: tuple(held) for name, held in written.items()})


def finish(ledger: Ledger, erasure: Erasure) -> None:
    """Remove what the ledger holds of a person, in the file's free space too."""
    with ledger.connection:
        _clean(ledger, erasure.person)
        ledger.connection.executemany(
            "insert into event select ?, 'retired', null, ?, ? where exists"
            " (select 1 from customer where customer_id = ?) and not exists"
            " (select 1 from event where customer_id = ? and run_id = ?)",
            [
                (living, erasure.run_id, erasure.at, living, living, erasure.run_id)
                for living in erasure.person.customers[:1]
            ],
        )
    _compact(ledger)
    with ledger.connection:
        ledger.connection.execute(
            "update erasure set unfinished = '' where run_id = ?", (erasure.run_id,)
        )
    _compact(ledger)


def tombstones(ledger: Ledger) -> Tombstones:
    """All signs that erasures left."""
    signs = ledger.connection.execute("select sign from tombstone order by 1").fetchall()
    return Tombstones(salt(ledger), tuple(sign for (sign,) in signs))


def salt(ledger: Ledger) -> str:
    """What this ledger's signs are made with; drawn once."""
    with ledger.connection as connection:
        connection.execute(
            "insert or ignore into secret values ('salt', ?)", (secrets.token_hex(16),)
        )
    ((drawn,),) = ledger.connection.execute(
        "select value from secret where name = 'salt'"
    ).fetchall()
    return str(drawn)


def erased_at(ledger: Ledger, asked: str) -> tuple[str, ...]:
    """When the customer of that id was erased; nothing where it was not."""
    rows = ledger.connection.execute("select at, customers from erasure order by rowid").fetchall()
    return tuple(at for at, customers in rows if asked.upper() in json.loads(customers))


def _clean(ledger: Ledger, person: Person) -> None:
    connection = ledger.connection
    for listed, values in (("customer_id", person.customers), ("founding_record", person.records)):
        connection.executemany(
            f"update customer set founding_record = '' where {listed} = ?",
            [(value,) for value in values],
        )
    _clean_overrides(ledger, person)
    connection.executemany(
        "update run set summary = '{}' where instr(lower(summary), ?)",
        [(mark,) for mark in person.marks],
    )
    tables = connection.execute("select name from sqlite_master where type = 'table'").fetchall()
    for (table,) in tables:
        if table not in _OWN_WAY and not table.startswith("sqlite_"):
            _clean_table(ledger, table, person)


def _clean_overrides(ledger: Ledger, person: Person) -> None:
    rows = ledger.connection.execute(
        "select rowid, customer_id, value, reason, records from override"
    ).fetchall()
    for row, customer, value, reason, written in rows:
        records = json.loads(written)
        staying = [record for record in records if record not in person.records]
        touched = staying != records
        if not staying or (touched and customer in person.customers):
            ledger.connection.execute("delete from override where rowid = ?", (row,))
        elif touched or _tells(f"{value} {reason}", person.marks):
            ledger.connection.execute(
                "update override set records = ?, reason = ? where rowid = ?",
                (
                    json.dumps(staying),
                    ERASED if _tells(reason, person.marks) else reason,
                    row,
                ),
            )


def _clean_table(ledger: Ledger, table: str, person: Person) -> None:
    """Delete the rows that name a record of the person; take its values out of other ones."""
    connection = ledger.connection
    columns = [row[1] for row in connection.execute(f'pragma table_info("{table}")').fetchall()]
    listed = ", ".join(f'"{column}"' for column in columns)
    rows = connection.execute(f'select rowid, {listed} from "{table}"').fetchall()
    named = {*person.records, *person.customers}
    within = tuple(json.dumps(one, ensure_ascii=False) for one in sorted(named))
    for row, *cells in rows:
        texts = [cell for cell in cells if isinstance(cell, str)]
        if named.intersection(texts) or any(one in text for text in texts for one in within):
            connection.execute(f'delete from "{table}" where rowid = ?', (row,))
            continue
        for column, cell in zip(columns, cells, strict=True):
            if isinstance(cell, str) and _tells(cell, person.marks):
                connection.execute(
                    f'update "{table}" set "{column}" = ? where rowid = ?', (ERASED, row)
                )


def _compact(ledger: Ledger) -> None:
    """Leave nothing of what was deleted in the file, nor in the log beside it."""
    ledger.connection.execute("vacuum")
    ledger.connection.execute("pragma wal_checkpoint(truncate)").fetchall()


def _tells(text: str, marks: Iterable[str]) -> bool:
    folded = text.casefold()
    return any(mark in folded for mark in marks)


def _telling(value: str) -> bool:
    """Whether a value says by itself who is meant: a name of two words, an address, a number."""
    if len(value) < 6 or value[4:5] == "-":  # a date is many people's
        return False
    return "@" in value or " " in value.strip() or sum(map(str.isdigit, value)) >= 6
