"""Sources → source records, every row that was read accounted for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from unify.connector import SetAside, read
from unify.discovery import Column, map_columns
from unify.erasures import Tombstones
from unify.errors import ConfigError, ConnectorError, did_you_mean
from unify.fields import Field
from unify.mapping import (
    ColumnMapping,
    keyed_select,
    record_select,
    set_aside_select,
    signed_select,
)
from unify.memory import learn, rows_of
from unify.plan import Source
from unify.signs import set_apart
from unify.tables import SetAsideRow, SourceCount, SourceRecord, SourceTrait, Table
from unify.workspace import Workspace

REPEATS_ALLOWED = 0.05
# What reading makes.
LANDED: tuple[type[Table], ...] = (SourceRecord, SetAsideRow, SourceCount)
LOCATION, ORIGIN = "unify location", "unify origin"
NOBODY = Tombstones("", ())


@dataclass(frozen=True, slots=True)
class Landed:
    """The records of all sources, and what became of every row."""

    records: SourceRecord
    set_aside: SetAsideRow
    counts: SourceCount
    mappings: tuple[tuple[str, tuple[ColumnMapping, ...]], ...]
    kept: tuple[tuple[str, str], ...]
    """The sources that could not be read and whose last records stand, each with the reason."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What arrived from one source in the staging table: its columns, and unreadable rows."""

    columns: tuple[Column, ...]
    origins: tuple[str, ...]
    set_aside: tuple[SetAside, ...]
    shown: frozenset[tuple[str, str]]
    """(trait, value): what its batches show of how the source writes."""


def land(
    workspace: Workspace,
    sources: Sequence[Source],
    own: Sequence[Field],
    erased: Tombstones = NOBODY,
) -> Landed:
    """Read every source, map its columns, and set aside what repeats or cannot be read.

    Of a source that cannot be read, and is to keep what it has, the records of the last run stand.
    `erased`: by what rows are known that are to stay forgotten; they are set aside without
    their content.

    Raises ConnectorError for any other that cannot be read, ConfigError for a key that
    the source does not have or that repeats too often to be one.
    """
    last = _set_by(workspace)
    mappings, shown, kept = [], [], []
    learnt = rows_of(workspace, SourceTrait)
    for source in sources:
        traits = {trait: value for name, trait, value in learnt if name == source.name}
        try:
            arrival = arrive(workspace, source, traits)
        except ConnectorError as unread:
            if not source.keep or source.name not in last:
                raise
            _keep(workspace, source)
            kept.append((source.name, str(unread).partition("\n")[0]))
            shown += [row for row in learnt if row[0] == source.name]
            continue
        shown += [(source.name, *trait) for trait in sorted(arrival.shown)]
        mapped = map_columns(arrival.columns, source.fields, own, where=source.where)
        rows, repeats = judge_keys(workspace, source, arrival)
        _refuse_repeats(workspace, source, arrival, rows, repeats)
        set_apart(workspace, source.name, signed_select(mapped, own), erased)
        _append(workspace, source, arrival, mapped, own)
        mappings.append((source.name, mapped))
    _learn(workspace, shown)
    workspace.drop("arrived", "keyed", "verdict", *map(_before, LANDED))
    return Landed(SourceRecord(), SetAsideRow(), SourceCount(), tuple(mappings), tuple(kept))


def _set_by(workspace: Workspace) -> set[str]:
    """Set the records of the last run by, and begin anew; give the sources that it read.

    A run that was cut short left those of the one before it set by already.
    """
    for table in LANDED:
        if not workspace.there(_before(table)):
            workspace.rename(table.name, _before(table))
        workspace.start(table)
    if not all(workspace.there(_before(table), table) for table in LANDED):
        return set()
    return {name for (name,) in workspace.select(f"select source from {_before(SourceCount)}")}


def _before(table: type[Table]) -> str:
    return f"last_{table.name}"


def _keep(workspace: Workspace, source: Source) -> None:
    """Let the last records of a source stand, with what was set aside beside them."""
    for table in (SourceRecord, SetAsideRow, SourceCount):
        workspace.append(
            table, f"select * from {_before(table)} where source = $source", source=source.name
        )


def arrive(
    workspace: Workspace, source: Source, learnt: Mapping[str, str], *, limit: int | None = None
) -> Arrival:
    """Pour a source (or its first `limit` rows) into the staging table `arrived`.

    `learnt`: the traits that its earlier loads have shown.
    """
    columns: dict[str, Column] = {}
    origins: dict[str, None] = {}
    set_aside: list[SetAside] = []
    shown: set[tuple[str, str]] = set()

    def poured() -> Iterator[pa.RecordBatch]:
        rows = 0
        for batch in read(source.connector, learnt):
            for column in map(_column, batch.records.schema):
                columns.setdefault(column.name.casefold(), column)
            origins[batch.origin] = None
            set_aside.extend(batch.set_aside)
            shown.update(batch.shown.items())
            # One file's EMAIL is the other's Email.
            spelt = [columns[name.casefold()].name for name in batch.records.schema.names]
            yield _located(batch.records, spelt, batch.locations, batch.origin)
            rows += batch.records.num_rows
            if limit is not None and rows >= limit:
                return

    workspace.stage("arrived", poured())
    return Arrival(tuple(columns.values()), tuple(origins), tuple(set_aside), frozenset(shown))


def _learn(workspace: Workspace, shown: Sequence[tuple[str, str, str]]) -> None:
    names = [name for name, _ in SourceTrait.columns]
    schema = pa.schema([(name, pa.string()) for name in names])
    rows = [dict(zip(names, trait, strict=True)) for trait in shown]
    workspace.lend("arrived_trait", pa.Table.from_pylist(rows, schema=schema))
    learn(workspace, SourceTrait)


def _column(field: pa.Field[Any]) -> Column:
    told = {key.decode(): value.decode() for key, value in (field.metadata or {}).items()}
    return Column(field.name, told.get("field", ""), told.get("label", ""))


def _located(
    records: pa.RecordBatch, names: Sequence[str], locations: pa.StringArray, origin: str
) -> pa.RecordBatch:
    origins = pa.array([origin] * records.num_rows, pa.string())
    return pa.RecordBatch.from_arrays(
        [*records.columns, locations, origins], names=[*names, LOCATION, ORIGIN]
    )


def judge_keys(workspace: Workspace, source: Source, arrival: Arrival) -> tuple[int, int]:
    """Give every arrived row its key and its verdict: a record, or why it is none.

    Gives how many rows arrived, and how many have the key of another with other content.
    """
    names = [column.name for column in arrival.columns]
    _know(names, _key(source), source.where, "key")
    _know(names, filter(None, [source.updated]), source.where, "updated")
    workspace.sketch(
        "keyed",
        keyed_select(names, _key(source), order=ORIGIN),
        origins=list(arrival.origins),
    )
    workspace.sketch_from("verdict")
    (counted,) = workspace.rows("key_repeats")
    return counted["rows"], counted["repeats"]


def _key(source: Source) -> tuple[str, ...]:
    native = source.connector.native_key
    return source.key or ((native,) if native else ())


def _refuse_repeats(
    workspace: Workspace, source: Source, arrival: Arrival, rows: int, repeats: int
) -> None:
    if repeats > REPEATS_ALLOWED * rows:
        names = [column.name for column in arrival.columns]
        raise ConfigError(
            f"the key repeats: {repeats} of {rows} rows have the key of another row"
            " with other content",
            where=f"{source.where} key = {', '.join(_key(source))}",
            remedy=_better_key(workspace, names, rows),
        )


def _know(names: Sequence[str], wanted: Iterable[str], where: str, setting: str) -> None:
    for name in wanted:
        if name not in names:
            raise ConfigError(
                f"the source has no column '{name}'",
                where=f"{where} {setting}",
                remedy=did_you_mean(name, names),
            )


def _better_key(workspace: Workspace, names: Sequence[str], rows: int) -> str:
    for name in names:
        if workspace.distinct("arrived", name) == rows:
            return f"Every row has its own '{name}': key = \"{name}\"."
    return "No single column identifies a row: leave `key` out, or list several columns."


def _append(
    workspace: Workspace,
    source: Source,
    arrival: Arrival,
    mapped: Sequence[ColumnMapping],
    own: Sequence[Field],
) -> None:
    names = [column.name for column in arrival.columns]
    workspace.append(
        SourceRecord,
        record_select(mapped, own, location=LOCATION, updated=source.updated),
        source=source.name,
    )
    workspace.append(
        SetAsideRow,
        set_aside_select(names, location=LOCATION, origin=ORIGIN),
        source=source.name,
    )
    _append_unreadable(workspace, source, arrival.set_aside)
    workspace.append(
        SourceCount,
        workspace.text_of("source_count"),
        source=source.name,
        unreadable=len(arrival.set_aside),
    )


def _append_unreadable(workspace: Workspace, source: Source, rows: Sequence[SetAside]) -> None:
    for row in rows:
        workspace.append(
            SetAsideRow,
            "select $source as source, $location as location, $reason as reason,"
            " $content as content",
            source=source.name,
            location=row.location,
            reason=row.reason,
            content=row.content,
        )
