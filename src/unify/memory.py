"""What a workspace keeps from one run to the next: standard forms, and what sources have shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

import pyarrow as pa

from unify.tables import Complete, Kept, Learnt, Remembered, Table
from unify.workspace import Workspace, quoted, shape

R = TypeVar("R", bound=Remembered)
L = TypeVar("L", bound=Learnt)


def not_remembered(workspace: Workspace, table: type[Remembered], wanted: str) -> pa.Table:
    """The rows of `wanted` whose key no earlier run settled, in their order."""
    known = f"anti join {table.name} using ({_key(table)})" if workspace.holds(table) else ""
    rows: pa.Table = workspace.connection.sql(
        f"select * from {quoted(wanted)} {known} order by all"
    ).to_arrow_table()
    return rows


def remember(workspace: Workspace, table: type[R], rows: pa.Table, wanted: str, *read: Table) -> R:
    """Make a table of its earlier rows that are still `wanted`, and of those made in this run."""
    earlier = _earlier(workspace, table, f"semi join {quoted(wanted)} using ({_key(table)})")
    made = workspace.adopt(table, rows, *read, beside=earlier)
    workspace.drop(earlier)
    return made


def learn(workspace: Workspace, table: type[L], *read: Table, **bound: object) -> L:
    """Make a table of what this run's records show, and of what earlier ones showed beyond it."""
    shown = f"shown_{table.name}"
    workspace.sketch(shown, workspace.text_of(table.name), **bound)
    earlier = _earlier(workspace, table, f"anti join {quoted(shown)} using ({_key(table)})")
    made = workspace.adopt(table, f"select * from {quoted(shown)}", *read, beside=earlier)
    workspace.drop(shown, earlier)
    return made


def add(workspace: Workspace, table: type[Kept], rows: pa.Table) -> None:
    """Add rows to a table that is kept; it is begun where no earlier run left it."""
    if not workspace.holds(table):
        workspace.start(table)
    workspace.lend("added", rows)
    workspace.append(table, "select * from added")


def forget(workspace: Workspace, tables: Iterable[type[Remembered]]) -> None:
    """Remove what earlier runs settled."""
    workspace.drop(*(table.name for table in tables))


def resume(workspace: Workspace, made_by: str) -> bool:
    """Whether the tables of the last run stand: it came to its end, and all that they follow from
    beside sources and decisions was the same.

    From here on they do not, until `complete`: who is cut short leaves nothing to go on from.
    """
    stands = rows_of(workspace, Complete) == [(made_by,)]
    workspace.drop(Complete.name)
    return stands


def complete(workspace: Workspace, made_by: str) -> None:
    """Note that the tables of this run stand, and what they were made by."""
    workspace.lend("made", pa.table({"made_by": [made_by]}))
    workspace.adopt(Complete, "select * from made")


def rows_of(workspace: Workspace, table: type[Table]) -> list[tuple[Any, ...]]:
    """The rows of a small table; none where no earlier run left it."""
    if not workspace.holds(table):
        return []
    return list(workspace.connection.execute(f"select * from {table.name} order by all").fetchall())


def _earlier(workspace: Workspace, table: type[Remembered] | type[Learnt], chosen: str) -> str:
    name = f"earlier_{table.name}"
    if workspace.holds(table):
        workspace.sketch(name, f"select {table.name}.* from {table.name} {chosen}")
    else:
        workspace.connection.execute(f"create or replace temp table {name} ({shape(table)})")
    return name


def _key(table: type[Remembered] | type[Learnt]) -> str:
    return ", ".join(map(quoted, table.key))
