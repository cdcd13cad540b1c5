"""Parquet: tables of data platforms and of other programs' exports."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from unify.connector import Batch, Finding, files_at, refuse_empty
from unify.errors import ConnectorError
from unify_connectors.header import unique_names

if TYPE_CHECKING:
    import pyarrow as pa

SUFFIXES: Final = (".parquet", ".pq")

_MAGIC: Final = b"PAR1"
_ROWS: Final = 20_000
_MOMENT: Final = "%Y-%m-%dT%H:%M:%S"
_NESTED: Final = ("struct", "list", "array", "map", "union")


@dataclass(frozen=True, slots=True)
class Parquet:
    """Parquet: a file, a folder of them or a pattern.

    path: the file, folder or pattern.
    """

    path: Path

    native_key: ClassVar[str | None] = None

    def read(self) -> Iterator[Batch]:
        """The rows, every value as text; `address.city` is a column, a list is joined by `; `."""
        for file in files_at(self.path, suffixes=SUFFIXES):
            refuse_empty(file)
            yield from _batches(file)

    @classmethod
    def find(cls, place: str) -> Iterable[Finding]:
        """A finding where a file is Parquet, whatever it is called."""
        import duckdb

        file = Path(place)
        with suppress(OSError, ValueError, duckdb.Error):
            if file.is_file() and _is_parquet(file):
                with closing(duckdb.connect()) as connection:
                    columns = list(_columns(connection, file))
                yield Finding({"path": place}, f"Parquet with {len(columns)} columns", 0.9)


def _batches(file: Path) -> Iterator[Batch]:
    import duckdb

    try:
        with closing(duckdb.connect()) as connection:
            yield from _read(connection, file)
    except (duckdb.Error, OSError) as error:
        raise ConnectorError(
            "this is no Parquet file, or a damaged one",
            where=os.fspath(file),
            remedy="Export it again, or name another `connector`.",
        ) from error


def _read(connection: Any, file: Path) -> Iterator[Batch]:
    import pyarrow as pa

    columns = list(_columns(connection, file))
    schema = pa.schema([(name, pa.string()) for name in unique_names(name for name, _ in columns)])
    texts = ", ".join(f"nullif(trim({text}), '')" for _, text in columns)
    table = connection.sql(f"select {texts} from read_parquet($file)", params=_named(file))
    rows = 0
    for read in table.to_arrow_reader(_ROWS):
        arrays = [column.cast(pa.string()) for column in read.columns]
        yield _batch(pa.RecordBatch.from_arrays(arrays, schema=schema), file, rows)
        rows += read.num_rows
    if not rows:
        yield _batch(pa.RecordBatch.from_pylist([], schema=schema), file, rows)


def _batch(records: pa.RecordBatch, file: Path, before: int) -> Batch:
    import pyarrow as pa

    rows = range(before + 1, before + 1 + records.num_rows)
    locations: pa.StringArray = pa.array([f"{file.name} row {row}" for row in rows], pa.string())
    return Batch(records, locations, os.fspath(file))


def _named(file: Path) -> dict[str, str]:
    return {"file": os.fspath(file)}


def _is_parquet(file: Path) -> bool:
    with file.open("rb") as stream:
        return stream.read(len(_MAGIC)) == _MAGIC


def _columns(connection: Any, file: Path) -> Iterator[tuple[str, str]]:
    """Each column that is flat, or one level below, with its value as text in SQL."""
    table = connection.sql("select * from read_parquet($file)", params=_named(file))
    for name, kind in zip(table.columns, table.types, strict=True):
        yield from _flat(name, _quoted(name), kind)


def _flat(name: str, value: str, kind: Any) -> Iterator[tuple[str, str]]:
    if kind.id == "struct":
        for child, of in kind.children:
            yield f"{name}.{child}", _text(f"{value}.{_quoted(child)}", of)
    elif kind.id in ("list", "array"):
        yield from _listed(name, value, dict(kind.children)["child"])
    else:
        yield name, _text(value, kind)


def _listed(name: str, value: str, of: Any) -> Iterator[tuple[str, str]]:
    """A list joined; a list of structs joined part by part."""
    parts = of.children if of.id == "struct" else [("", of)]
    for child, kind in parts:
        item = f"x.{_quoted(child)}" if child else "x"
        texts = f"list_transform({value}, lambda x: {_text(item, kind)})"
        yield f"{name}.{child}" if child else name, f"array_to_string({texts}, '; ')"


def _text(value: str, kind: Any) -> str:
    """A value as the text that a person reads: no `.0` behind a whole number, ISO dates."""
    if kind.id in ("float", "double"):
        whole = f"{value} = trunc({value}) and abs({value}) < 1e15"
        return f"if({whole}, try_cast({value} as hugeint)::varchar, {value}::varchar)"
    if kind.id == "timestamp with time zone":
        return f"strftime({value} at time zone 'UTC', '{_MOMENT}Z')"
    if kind.id.startswith("timestamp"):
        # Midnight only stands for no time at all.
        day, moment = f"strftime({value}, '%Y-%m-%d')", f"strftime({value}, '{_MOMENT}')"
        return f"if(date_trunc('day', {value}) = {value}, {day}, {moment})"
    if kind.id == "blob":
        return f"coalesce(try(decode({value})), lower(hex({value})))"
    return f"to_json({value})::varchar" if kind.id in _NESTED else f"{value}::varchar"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
