"""The ledger: what people decided and what was promised. The only module that knows sqlite3.

Small, precious, never rebuilt. Ids are promised *before* a generation is switched; a
promise whose run was never published is taken back when the next run opens the ledger.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import Any, TypeVar

from unify.decisions import Decision, Judgement, Override
from unify.errors import WorkspaceError

T = TypeVar("T")

FILE = "ledger.sqlite"

SCHEMA = """
create table if not exists run (
    run_id text primary key, started_at text not null, ended_at text, status text not null,
    exit_code integer, settings text not null, summary text not null default '{}');
create table if not exists customer (
    customer_id text primary key, founding_record text not null, first_seen text not null,
    run_id text not null);
create table if not exists event (
    customer_id text not null, event text not null, other_customer_id text, run_id text not null,
    at text not null);
create table if not exists decision (
    left_record text not null, right_record text not null, judgement text not null,
    steward text not null, reason text not null, at text not null,
    left_form text not null default '', right_form text not null default '',
    worksheet text not null default '', case_id text not null default '');
create table if not exists decided_form (form text primary key, content text not null);
create table if not exists signature (key text not null);
create table if not exists override (
    customer_id text not null, field text not null, value text not null, steward text not null,
    reason text not null, at text not null, records text not null);
create table if not exists moved_record (
    run_id text not null, at text not null, then_record text not null, now_record text);
create table if not exists erasure (
    run_id text primary key, at text not null, steward text not null, reason text not null,
    customers text not null, records integer not null, unfinished text not null);
create table if not exists tombstone (sign text primary key, run_id text not null);
create table if not exists secret (name text primary key, value text not null);
"""


@dataclass(frozen=True, slots=True)
class PromisedId:
    """A customer id that was given out, and the record it was founded on."""

    customer_id: str
    founding_record: str
    first_seen: str


@dataclass(frozen=True, slots=True)
class PastEvent:
    """A thing that happened to a customer id."""

    customer_id: str
    event: str
    other_customer_id: str | None
    run_id: str
    at: str


@dataclass(frozen=True, slots=True)
class Move:
    """A record that stewards spoke of and that a run found under another key, or not at all
    (null), its own key being somebody else's."""

    run_id: str
    at: str
    then_record: str
    now_record: str | None


@dataclass(frozen=True, slots=True)
class Promises:
    """The ids that a run gives out and what happened to others: kept when it is published."""

    ids: tuple[PromisedId, ...]
    events: tuple[PastEvent, ...]

    def written(self) -> dict[str, Any]:
        """The promises as plain values, for a candidate that has to wait."""
        return asdict(self)

    @classmethod
    def read(cls, written: dict[str, Any]) -> Promises:
        """The promises that `written` gave."""
        return cls(
            tuple(PromisedId(**entry) for entry in written["ids"]),
            tuple(PastEvent(**entry) for entry in written["events"]),
        )


@dataclass(frozen=True, slots=True)
class Run:
    """One run: when it started and ended, how, and its summary (JSON)."""

    run_id: str
    started_at: str
    ended_at: str | None
    status: str
    exit_code: int | None
    settings: str
    summary: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """The open ledger of a project."""

    connection: sqlite3.Connection

    def begin(self, run_id: str, at: str, settings: str) -> None:
        """Note that a run has started."""
        self._write(
            "insert into run (run_id, started_at, status, settings) values (?, ?, 'running', ?)",
            [(run_id, at, settings)],
        )

    def end(self, run_id: str, at: str, status: str, exit_code: int, summary: str = "{}") -> None:
        """Note how a run ended."""
        self._write(
            "update run set ended_at = ?, status = ?, exit_code = ?, summary = ? where run_id = ?",
            [(at, status, exit_code, summary, run_id)],
        )

    def runs(self) -> list[Run]:
        """Every run, oldest first."""
        rows = self.connection.execute("select * from run order by started_at, rowid").fetchall()
        return [Run(*row) for row in rows]

    def promised(self) -> list[PromisedId]:
        """Every customer id ever given out."""
        return [
            PromisedId(*row)
            for row in self.connection.execute(
                "select customer_id, founding_record, first_seen from customer order by 1"
            )
        ]

    def events(self) -> list[PastEvent]:
        """Every event ever published, in order."""
        return [
            PastEvent(*row) for row in self.connection.execute("select * from event order by rowid")
        ]

    def promise(self, run_id: str, promises: Promises, moves: Iterable[Move] = ()) -> None:
        """Give out ids, record events and where records moved, in one transaction, for a run
        about to be published."""
        with self.connection:
            self.connection.executemany(
                "insert into customer values (?, ?, ?, ?)",
                [(p.customer_id, p.founding_record, p.first_seen, run_id) for p in promises.ids],
            )
            self.connection.executemany(
                "insert into event values (?, ?, ?, ?, ?)",
                [
                    (e.customer_id, e.event, e.other_customer_id, e.run_id, e.at)
                    for e in promises.events
                ],
            )
            self.connection.executemany(
                "insert into moved_record values (?, ?, ?, ?)", [astuple(move) for move in moves]
            )

    def moves(self) -> list[Move]:
        """Every move of a record that stewards spoke of, in order."""
        rows = self.connection.execute("select * from moved_record order by rowid")
        return [Move(*row) for row in rows]

    def learn(self, run_id: str, at: str, promises: Promises) -> None:
        """Take over from a published generation what this ledger does not know of its ids."""
        known = {(e.customer_id, e.event, e.other_customer_id, e.run_id) for e in self.events()}
        ids = {p.customer_id for p in self.promised()}
        self._write(
            "insert or ignore into run (run_id, started_at, ended_at, status, exit_code, settings)"
            " values (?, ?, ?, 'published', 0, '')",
            [(run_id, at, at)],
        )
        self.promise(
            run_id,
            Promises(
                tuple(p for p in promises.ids if p.customer_id not in ids),
                tuple(
                    e
                    for e in promises.events
                    if (e.customer_id, e.event, e.other_customer_id, e.run_id) not in known
                ),
            ),
        )

    def recover(self, published_run: str | None, at: str) -> None:
        """Settle what a run that died left behind: `published_run` is what stands in golden/."""
        with self.connection:
            unsettled = (
                "(select run_id from run where status not in ('published', 'erased')"
                " and run_id is not ?)"
            )
            for table in ("customer", "event", "moved_record"):
                self.connection.execute(
                    f"delete from {table} where run_id in {unsettled}", (published_run,)
                )
            self.connection.execute(
                "update run set status = 'published' where run_id is ?", (published_run,)
            )
            self.connection.execute(
                "update run set status = 'died', ended_at = ? where status = 'running'", (at,)
            )

    def decide(self, *decisions: Decision, forms: Mapping[str, str] | None = None) -> None:
        """Remember stewards' judgements, each on two records, in one transaction.

        Of two words of one steward on two records the later one stands; the earlier stays
        readable. `forms`: what the records held, by fingerprint (JSON), to know them again by.
        """
        rows = [
            (*astuple(d)[:2], d.judgement.value, *astuple(d)[3:])
            for d in (decision.ordered() for decision in decisions)
        ]
        with self.connection:
            self.connection.executemany(
                f"insert into decision values ({', '.join('?' * 10)})", rows
            )
            self.connection.executemany(
                "insert or ignore into decided_form values (?, ?)", (forms or {}).items()
            )

    def decisions(self) -> tuple[Decision, ...]:
        """The word of each steward on each two records that stands, in the order they were said."""
        rows = self.connection.execute(
            "select * from decision where rowid in"
            " (select max(rowid) from decision group by left_record, right_record, steward)"
            " order by rowid"
        ).fetchall()
        return tuple(Decision(a, b, Judgement(j), *said) for a, b, j, *said in rows)

    def forms(self) -> tuple[tuple[str, str], ...]:
        """What the records that were decided on held then: fingerprint and content (JSON)."""
        return tuple(self.connection.execute("select form, content from decided_form"))

    def signature(self) -> tuple[str, ...]:
        """The key by which worksheets of this project are known (one, in hexadecimal)."""
        with self.connection:
            self.connection.execute(
                "insert into signature select lower(hex(randomblob(16)))"
                " where not exists (select 1 from signature)"
            )
        return tuple(key for (key,) in self.connection.execute("select key from signature"))

    def override(self, override: Override) -> None:
        """Remember a value that a steward set; earlier ones stay readable."""
        *said, records = astuple(override)
        self._write(
            "insert into override values (?, ?, ?, ?, ?, ?, ?)", [(*said, json.dumps(records))]
        )

    def overrides(self) -> tuple[Override, ...]:
        """Every value that was ever set, in order: of two for one record, the later one stands."""
        rows = self.connection.execute("select * from override order by rowid").fetchall()
        return tuple(
            Override(c, field, value, s, r, at, tuple(json.loads(held)))
            for c, field, value, s, r, at, held in rows
        )

    def _write(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        with self.connection:
            self.connection.executemany(statement, rows)


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Ledger]:
    """The ledger in a file. Raises WorkspaceError for a file that is not one."""
    with contextlib.closing(_connected(path)) as connection:
        if os.name == "posix":
            path.chmod(0o600)
        yield Ledger(connection)


def _connected(path: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(path, timeout=30)
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma secure_delete = on")
        connection.executescript(SCHEMA)
        _widen(connection)
    except sqlite3.Error as unreadable:
        raise WorkspaceError(
            f"the ledger cannot be used ({unreadable})",
            where=os.fspath(path),
            remedy="Restore it from a backup: it holds decisions and ids nothing else knows.",
        ) from unreadable
    return connection


def _widen(connection: sqlite3.Connection) -> None:
    """Bring the decisions of an earlier version's ledger, one for two records, to today's shape."""
    columns = [name for _, name, *_ in connection.execute("pragma table_info(decision)")]
    if "case_id" in columns:
        return
    connection.executescript(
        "begin immediate; alter table decision rename to narrow;"
        f"{SCHEMA}"
        "insert into decision (left_record, right_record, judgement, steward, reason, at)"
        " select left_record, right_record, judgement, steward, reason, at from narrow;"
        "drop table narrow; commit;"
    )


def consulted(path: Path, read: Callable[[Ledger], tuple[T, ...]]) -> tuple[T, ...]:
    """What a ledger tells; nothing where it is not ours to read, or cannot be: what is published
    is shown all the same, and `match` says what is wrong."""
    if not os.access(path, os.R_OK | os.W_OK):
        return ()
    try:
        with opened(path) as ledger:
            return read(ledger)
    except WorkspaceError:
        return ()
