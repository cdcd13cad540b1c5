"""The workspace: one DuckDB file, one writer at a time. The only module that knows duckdb.

Tables are made by `build` (from `sql/<table>.sql`) or `adopt` (from rows made elsewhere);
both compare the columns with the table's class before they hand the class out.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import duckdb

from unify.errors import WorkspaceError
from unify.tables import Passing, Seen, Table

if TYPE_CHECKING:
    import pyarrow as pa

T = TypeVar("T", bound=Table)
# Trying every compression on every column costs more than the tables themselves.
COMPRESSION = "dictionary"


@dataclass(frozen=True, slots=True)
class Workspace:
    """An open DuckDB database of tables whose columns are known."""

    connection: duckdb.DuckDBPyConnection

    def build(self, table: type[T], *read: Table, **bound: object) -> T:
        """Make a table by its SELECT in `sql/`, with the named values bound.

        `read`: the tables that it is made from, so that no stage can run before another.
        """
        _complete(table, read)
        kind = _kind_of(table)
        self.connection.execute(
            f"create or replace {kind} {table.name} as {_query(table.name)}", bound or None
        )
        return self._checked(table)

    def adopt(self, table: type[T], rows: pa.Table | str, *read: Table, beside: str = "") -> T:
        """Make a table of Arrow rows, or of a SELECT that was composed elsewhere.

        `beside`: an intermediate table whose rows belong to it as well.
        """
        _complete(table, read)
        if not isinstance(rows, str):
            self.connection.register("adopted", rows)
            rows = "select * from adopted"
        if beside:
            rows = f"{rows} union all by name select * from {quoted(beside)}"
        columns = ", ".join(f'"{name}"::{kind} as "{name}"' for name, kind in table.columns)
        self.connection.execute(
            f"create or replace table {table.name} as select {columns} from ({rows})"
        )
        self.connection.execute("drop view if exists adopted")
        return self._checked(table)

    def lend(self, name: str, rows: pa.Table) -> None:
        """Let Arrow rows be read under a name, also beside tables that may not be written."""
        self.connection.register(name, rows)

    def start(self, table: type[T]) -> None:
        """Make a table without rows, to append to."""
        self.connection.execute(f"create or replace table {table.name} ({shape(table)})")

    def append(self, table: type[T], select: str, **bound: object) -> None:
        """Add the rows of a SELECT to a table, by column name."""
        self.connection.execute(f"insert into {table.name} by name {select}", bound or None)

    def compose(self, name: str, select: str, **bound: object) -> None:
        """Make an unchecked intermediate table of a SELECT that had to be composed."""
        self.connection.execute(
            f"create or replace table {quoted(name)} as {select}", bound or None
        )

    def compose_from(self, name: str, **bound: object) -> None:
        """Make an unchecked intermediate table by its SELECT in `sql/`."""
        self.compose(name, self.text_of(name), **bound)

    def sketch(self, name: str, select: str, **bound: object) -> None:
        """Make an unchecked intermediate table that is never written to the file.

        It is seen by this connection alone, and costs a third of one that is written.
        """
        self.connection.execute(
            f"create or replace temp table {quoted(name)} as {select}", bound or None
        )

    def sketch_from(self, name: str, **bound: object) -> None:
        """Make a sketch by its SELECT in `sql/`."""
        self.sketch(name, self.text_of(name), **bound)

    def rename(self, name: str, to: str) -> None:
        """Give a table another name, in place of the one that had it."""
        self.drop(to)
        self.connection.execute(f"alter table if exists {quoted(name)} rename to {quoted(to)}")

    def there(self, name: str, shaped: type[Table] | None = None) -> bool:
        """Whether there is a table of that name, with the columns of `shaped` if it is given."""
        found = self.connection.execute(
            "select column_name, data_type from information_schema.columns"
            " where table_name = ? order by ordinal_position",
            [name],
        ).fetchall()
        return bool(found) if shaped is None else _plain(found) == _plain(shaped.columns)

    def holds(self, table: type[Table]) -> bool:
        """Whether the table is there, with the columns that are expected of it."""
        return self.there(table.name, table)

    def hold(self, name: str, rows: pa.Table) -> None:
        """Make an unchecked intermediate table of Arrow rows."""
        self.connection.register("held", rows)
        self.compose(name, "select * from held")
        self.connection.unregister("held")

    def text_of(self, name: str) -> str:
        """The SELECT in `sql/<name>.sql`."""
        return _query(name)

    def distinct(self, name: str, column: str) -> int:
        """The number of different values in a column, nulls not counted."""
        ((values,),) = self.connection.execute(
            f"select count(distinct {quoted(column)}) from {quoted(name)}"
        ).fetchall()
        return int(values)

    def sampled(self, name: str, column: str, most: int) -> tuple[int, tuple[str, ...]]:
        """How many values of a column are filled, and some different ones."""
        value = f"nullif(trim({quoted(column)}), '')"
        ((filled, values),) = self.connection.execute(
            f"select count({value}), list(distinct {value}) filter ({value} is not null)"
            f" from {quoted(name)}"
        ).fetchall()
        return int(filled), tuple(sorted(values or ())[:most])

    def values_of(self, name: str, column: str, most: int) -> tuple[str, ...]:
        """The values of a column's first rows, in their order, those that hold nothing left out."""
        value = f"trim({quoted(column)})"
        rows = self.connection.execute(
            f"select {value} from {quoted(name)} where {value} <> '' limit ?", [most]
        ).fetchall()
        return tuple(value for (value,) in rows)

    def query(self, name: str, **bound: object) -> pa.Table:
        """The rows of the SELECT in `sql/<name>.sql`."""
        rows: pa.Table = self.connection.sql(_query(name), params=bound or None).to_arrow_table()
        return rows

    def rows(self, name: str, **bound: object) -> list[dict[str, Any]]:
        """The same as plain values: a dict a row."""
        return list(self.query(name, **bound).to_pylist())

    def select(self, query: str, **bound: object) -> list[tuple[Any, ...]]:
        """The rows of a SELECT that had to be composed."""
        return self.connection.execute(query, bound or None).fetchall()

    def count(self, table: Table | type[Table]) -> int:
        """The number of rows of a table."""
        ((rows,),) = self.connection.execute(f"select count(*) from {table.name}").fetchall()
        return int(rows)

    def stage(self, name: str, batches: Iterable[pa.RecordBatch]) -> list[str]:
        """Pour batches of text into a sketch of the union of their columns; give the columns."""
        columns: list[str] = []
        self.connection.execute(f"drop table if exists {quoted(name)}")
        for batch in batches:
            self._widen(name, columns, batch.schema.names)
            self.connection.register("arriving", batch)
            self.connection.execute(f"insert into {quoted(name)} by name select * from arriving")
            self.connection.unregister("arriving")
        return columns

    def drop(self, *names: str) -> None:
        """Remove tables that have served."""
        for name in names:
            self.connection.execute(f"drop table if exists {quoted(name)}")

    @contextlib.contextmanager
    def joining_as_read(self) -> Iterator[None]:
        """Let joins stream what is on their left, however much is on their right.

        A table of a few row groups, streamed because its rows are wide, occupies one thread.
        """
        self.connection.execute("set disabled_optimizers = 'build_side_probe_side'")
        try:
            yield
        finally:
            self.connection.execute("set disabled_optimizers = ''")

    @contextlib.contextmanager
    def within(self, megabytes: int) -> Iterator[None]:
        """Hold no more than so much in memory for a while; what does not fit goes to disk."""
        ((before,),) = self.connection.execute("select current_setting('memory_limit')").fetchall()
        self.connection.execute(f"set memory_limit = '{megabytes}MB'")
        try:
            yield
        finally:
            self.connection.execute(f"set memory_limit = '{before}'")

    def close(self, seen: type[Seen] | str, *others: str) -> None:
        """Remove views that have served."""
        for name in (seen if isinstance(seen, str) else seen.name, *others):
            self.connection.execute(f"drop view {quoted(name)}")

    def view(self, name: str, select: str) -> None:
        """Make an unchecked relation whose rows are never held, also beside tables that may not be
        written: a view that this connection alone sees."""
        self.connection.execute(f"create or replace temp view {quoted(name)} as {select}")

    def shape_of(self, relation: str) -> dict[str, str]:
        """The columns of any relation, by its name as SQL writes it, and their types."""
        found = self.connection.execute(f"describe from {relation}").fetchall()
        return {name: kind for name, kind, *_ in found}

    def write(self, select: str, target: Path) -> int:
        """Write a SELECT's rows to a .csv or .parquet file; give the number of rows."""
        form = (
            "format csv, header, delimiter ',', new_line '\\r\\n'"
            if target.suffix == ".csv"
            else "format parquet, compression zstd"
        )
        ((rows,),) = self.connection.execute(
            f"copy ({select}) to {literal(os.fspath(target))} ({form})"
        ).fetchall()
        return int(rows)

    def write_database(self, selects: dict[str, str], target: Path) -> None:
        """Write each SELECT as a table of a DuckDB file that older versions open too."""
        self._write(selects, target, " (storage_version 'v1.2.0')")

    def write_workspace(self, selects: dict[str, str], target: Path) -> None:
        """Write each SELECT as a table of a workspace's file."""
        self._write(selects, target, "")

    def _write(self, selects: dict[str, str], target: Path, options: str) -> None:
        self.connection.execute(f"attach {literal(os.fspath(target))} as written{options}")
        try:
            for name, select in selects.items():
                self.connection.execute(f"create table written.main.{quoted(name)} as {select}")
        finally:
            self.connection.execute("detach written")

    @contextlib.contextmanager
    def beside(self, path: Path) -> Iterator[dict[str, str]]:
        """The tables of another database, each with the name that it has here meanwhile."""
        self.connection.execute(f"attach {literal(os.fspath(path))} as beside (read_only)")
        try:
            found = self.connection.execute(
                "select table_name from duckdb_tables()"
                " where database_name = 'beside' order by table_oid"
            ).fetchall()
            yield {name: f"beside.main.{quoted(name)}" for (name,) in found}
        finally:
            self.connection.execute("detach beside")

    @contextlib.contextmanager
    def beside_if_readable(self, path: Path | None) -> Iterator[dict[str, str]]:
        """The same of a database that may be missing or damaged: then there are no tables."""
        try:
            if path is None:
                raise FileNotFoundError
            self.connection.execute(f"attach {literal(os.fspath(path))} as beside (read_only)")
            self.connection.execute("detach beside")
        except (OSError, duckdb.Error):
            yield {}
            return
        with self.beside(path) as tables:
            yield tables

    def _widen(self, name: str, columns: list[str], arriving: list[str]) -> None:
        missing = [column for column in arriving if column not in columns]
        if not columns:
            shape = ", ".join(f"{quoted(column)} VARCHAR" for column in missing)
            self.connection.execute(f"create temp table {quoted(name)} ({shape})")
        else:
            for column in missing:
                self.connection.execute(
                    f"alter table {quoted(name)} add column {quoted(column)} VARCHAR"
                )
        columns.extend(missing)

    def _checked(self, table: type[T]) -> T:
        found = tuple(
            (name, kind)
            for name, kind, *_ in self.connection.execute(f"describe {table.name}").fetchall()
        )
        if _plain(found) != _plain(table.columns):
            raise AssertionError(f"{table.name} is {found}, not {table.columns}")
        return table()


@contextlib.contextmanager
def opened(path: Path | None, *, scratch: Path | None = None) -> Iterator[Workspace]:
    """The workspace in a file, or in memory. Raises WorkspaceError for a file that is not one."""
    try:
        connection = duckdb.connect(
            os.fspath(path) if path else ":memory:",
            config={"temp_directory": os.fspath(scratch)} if scratch else {},
        )
        connection.execute(f"set force_compression = '{COMPRESSION}'")
    except duckdb.Error as unreadable:
        raise WorkspaceError(
            "the workspace cannot be read",
            where=os.fspath(path or ""),
            remedy="Move this file away and run again: it is rebuilt from sources and ledger.",
        ) from unreadable
    try:
        if path and os.name == "posix":
            path.chmod(0o600)
        yield Workspace(connection)
    finally:
        connection.close()


@contextlib.contextmanager
def published(path: Path) -> Iterator[Workspace]:
    """The database of a published generation, read-only. Raises WorkspaceError if unreadable."""
    try:
        connection = duckdb.connect(os.fspath(path), read_only=True)
    except duckdb.Error as unreadable:
        raise WorkspaceError(
            "the published database cannot be read",
            where=os.fspath(path),
            remedy="Run `unify match` to publish anew.",
        ) from unreadable
    try:
        yield Workspace(connection)
    finally:
        connection.close()


def quoted(name: str) -> str:
    """An identifier, quoted."""
    return '"' + name.replace('"', '""') + '"'


def shape(table: type[Table]) -> str:
    """The columns of a table as SQL declares them."""
    return ", ".join(f"{quoted(name)} {kind}" for name, kind in table.columns)


def literal(value: str) -> str:
    """A text literal, for the few statements that take no bound values."""
    return "'" + value.replace("'", "''") + "'"


def _kind_of(table: type[Table]) -> str:
    if issubclass(table, Seen):
        return "temp view"
    return "temp table" if issubclass(table, Passing) else "table"


def _complete(table: type[Table], read: Iterable[Table]) -> None:
    given = {type(one) for one in read}
    if given != set(table.reads):
        raise AssertionError(f"{table.name} is made from {table.reads}, not from {given}")


def _query(name: str) -> str:
    return (files("unify") / "sql" / f"{name}.sql").read_text(encoding="utf-8").rstrip("; \n")


def _plain(columns: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, kind.replace('"', "")) for name, kind in columns]
