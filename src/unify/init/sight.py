"""What stands at a place: the surest connector's findings, and a sample of each one's rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from unify.connector import Connector, Finding, installed, load
from unify.discovery import Column
from unify.errors import ConnectorError, UnifyError

if TYPE_CHECKING:
    import pyarrow as pa

ROWS: Final = 20_000  # rows that are read of a source
LOOKED_AT: Final = 2_000  # rows whose values are judged
WHERE: Final = "unify init"


@dataclass(frozen=True, slots=True)
class Sighted:
    """A finding, the connector that made it, and the first rows it reads."""

    connector: str
    finding: Finding
    native_key: str | None
    columns: tuple[Column, ...]
    rows: pa.Table
    whole: bool
    """Whether these are all the rows that there are."""
    unreadable: int


def sightings(place: str) -> list[tuple[str, Finding]]:
    """What the surest connector finds at a path or URL, by its parts; nothing if none knows it."""
    found = [(name, finding) for name in installed() for finding in _found(name, place)]
    if not found:
        return []
    surest, _ = max(found, key=lambda entry: (entry[1].confidence, entry[0]))
    findings = [finding for name, finding in found if name == surest]
    return [(surest, part) for finding in findings for part in finding.parts or (finding,)]


def _found(name: str, place: str) -> list[Finding]:
    try:
        return list(load(name, where=WHERE).find(place))
    except UnifyError:
        raise
    except BaseException as failed:
        raise _failure(name, failed) from failed


def _failure(name: str, failed: BaseException) -> BaseException:
    """What to raise for what a connector raised: files that nobody has opened for years are odd,
    and one of them must not end the look through all others.
    """
    # What a library written in Rust raises is no Exception.
    if isinstance(failed, Exception) or type(failed).__name__ == "PanicException":
        return ConnectorError(f"the connector '{name}' fails on it ({type(failed).__name__})")
    return failed


def sighted(name: str, finding: Finding) -> Sighted:
    """A finding with its first rows. Raises UnifyError where it cannot be read after all."""

    try:
        connector = made(name, finding.settings)
        batches, whole, unreadable = _first_batches(connector)
    except UnifyError:
        raise
    except BaseException as failed:
        raise _failure(name, failed) from failed
    table = _table(batches)
    columns = tuple(map(_column, table.schema))
    return Sighted(name, finding, connector.native_key, columns, table, whole, unreadable)


def _first_batches(connector: Connector) -> tuple[list[pa.RecordBatch], bool, int]:
    """So many records as are looked at, whether these are all, and how many rows are unreadable."""
    batches: list[pa.RecordBatch] = []
    rows = unreadable = 0
    for batch in connector.read():
        # Only a row more than are looked at tells that there are more.
        if batch.records.num_rows > ROWS - rows:
            return [*batches, batch.records.slice(0, ROWS - rows)], False, unreadable
        batches.append(batch.records)
        unreadable += len(batch.set_aside)
        rows += batch.records.num_rows
    return batches, True, unreadable


def made(name: str, settings: Mapping[str, Any]) -> Connector:
    """A connector with its settings."""
    from pydantic import TypeAdapter

    connector: Connector = TypeAdapter(load(name, where=WHERE)).validate_python(dict(settings))
    return connector


def why_not(connectors: Mapping[str, Mapping[str, Any]]) -> UnifyError | None:
    """What is wrong with a place that connectors of these settings should be able to read."""
    for name, settings in connectors.items():
        if name not in installed():
            continue
        try:
            next(iter(made(name, settings).read()), None)
        except UnifyError as failed:
            return failed
    return None


def together(samples: Sequence[Sighted]) -> Sighted:
    """The samples of files that are one source, as one."""
    import pyarrow as pa

    rows = pa.concat_tables([one.rows for one in samples], promote_options="permissive")
    return replace(samples[0], rows=rows, whole=all(one.whole for one in samples))


def _table(batches: list[pa.RecordBatch]) -> pa.Table:
    """All batches as one, where sheets or files differ in their columns as well."""
    import pyarrow as pa

    tables = [pa.Table.from_batches([batch]) for batch in batches]
    if not tables:
        return pa.table({})
    return pa.concat_tables(tables, promote_options="permissive")


def _column(field: pa.Field[Any]) -> Column:
    told = {key.decode(): value.decode() for key, value in (field.metadata or {}).items()}
    return Column(field.name, told.get("field", ""), told.get("label", ""))
