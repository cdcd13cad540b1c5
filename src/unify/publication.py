"""Where the published generation stands, for those who read it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from unify.errors import ConfigError, WorkspaceError
from unify.generations import Generations
from unify.ledger import PastEvent, PromisedId, Promises
from unify.workspace import Workspace, opened

DATABASE = "golden.duckdb"


def current(generations: Generations) -> Path:
    """The database of the published generation. Raises WorkspaceError when nothing is published."""
    folder = generations.published()
    if folder is None:
        raise WorkspaceError(
            "nothing is published yet",
            where=os.fspath(generations.output),
            remedy="Run `unify match` first.",
        )
    # One generation throughout, whatever is published meanwhile.
    return folder.resolve() / DATABASE


def resolved(database: Workspace, asked: str) -> str:
    """The living customer of an id (any that it ever had) or of a record id.

    Raises ConfigError for one that was never published, or that no source holds any more.
    """
    found = database.rows("resolved_customer", asked=asked)
    if found:
        return str(found[0]["customer_id"])
    gone = [e for e in database.rows("shown_event", customer=asked) if e["event"] == "retired"]
    if gone:
        raise ConfigError(
            f"this customer was retired at {gone[-1]['at']}: no source holds a record of it,"
            " or it was erased",
            where=asked,
            remedy=f"`unify runs {gone[-1]['run_id']}` tells of the run that did it.",
        )
    raise ConfigError(
        "no customer or record of this id is published",
        where=asked,
        remedy=_nearest(database, asked),
    )


def _nearest(database: Workspace, asked: str) -> str:
    near = database.rows("nearest_id", asked=asked)
    if near:
        return f"Did you mean '{near[0]['id']}'?"
    return "A customer id looks like C-7Q2M4K9XAB, a record id like crm:1042."


def published_crosswalk(folder: Path) -> dict[str, str]:
    """record id → customer id, of a published generation. Raises WorkspaceError if unreadable."""
    with opened(None) as memory:
        rows = memory.rows("published_crosswalk", folder=os.fspath(folder))
    return {row["record_id"]: row["customer_id"] for row in rows}


def published_moves(folder: Path) -> dict[str, str | None]:
    """Of the generation before that of a folder: each record whose key it left, with the record
    that it is now, if any. Nothing where the generation does not tell."""
    with opened(None) as memory, memory.beside_if_readable(folder / DATABASE) as tables:
        told = tables.get("moved_record")
        rows = memory.select(f"select then_record, now_record from {told}") if told else []
    return dict(rows)


def move_rows(moved: Mapping[str, str | None]) -> pa.Table:
    """Such moves as rows."""
    columns = (list(moved.keys()), list(moved.values()))
    arrays = [pa.array(column, pa.string()) for column in columns]
    return pa.Table.from_arrays(arrays, names=["then_record", "now_record"])


def published_refusals(folder: Path) -> list[dict[str, Any]]:
    """The customers of a published generation that refused marketing, each with the record that
    said so. Raises WorkspaceError if unreadable."""
    with opened(None) as memory:
        return memory.rows("published_refusal", folder=os.fspath(folder))


def published_promises(folder: Path) -> Promises:
    """Every id that a published generation tells of, and all that happened to them."""
    with opened(None) as memory:
        told = memory.rows("published_event", folder=os.fspath(folder))
        held = memory.rows("published_customer", folder=os.fspath(folder))
    events = tuple(PastEvent(**row) for row in told)
    living = {row["customer_id"]: row for row in held}
    born = {e.customer_id: e.at for e in events if e.event == "created"}
    every = {e.customer_id for e in events} | {e.other_customer_id for e in events}
    gone = sorted(filter(None, every - set(living)))
    ids = [PromisedId(c, row["founding_record"], row["first_seen"]) for c, row in living.items()]
    return Promises((*ids, *(PromisedId(c, "", born.get(c, "")) for c in gone)), events)
