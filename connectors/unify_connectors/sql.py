"""Tables and queries of a SQL database: SQLite, PostgreSQL, MySQL, SQL Server, Oracle, …"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, cast

from unify.connector import Batch, Finding
from unify.errors import ConfigError, ConnectorError, did_you_mean
from unify_connectors.batches import as_array, trimmed
from unify_connectors.cell_text import as_text
from unify_connectors.header import unique_names
from unify_connectors.sql_session import connected, fetched, file_of, parsed, shown

if TYPE_CHECKING:
    import pyarrow as pa
    from sqlalchemy import Connection, Inspector
    from sqlalchemy.engine import URL

TIMEOUT: Final = 600  # seconds
_BATCH: Final = 20_000  # records
_SQLITE_MARK: Final = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is read: the statement, where its rows come from, and the key that orders them."""

    statement: str
    origin: str
    key: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SqlSource:
    """A table or a query of a SQL database, only ever read.

    url: where the database is, as SQLAlchemy writes it: `postgresql+psycopg://host/name`,
    `mysql+pymysql://user:${PASSWORD}@host/name`, `sqlite:////path/gestionale.db`.
    table: the table or view to read, `schema.table` if need be.
    query: or the SELECT to read.
    timeout: the seconds that the database may take for it (PostgreSQL, SQLite: for a batch of it).
    """

    url: str = field(repr=False)  # it may hold a password
    table: str | None = None
    query: str | None = None
    timeout: int = TIMEOUT

    native_key: ClassVar[str | None] = None

    def __post_init__(self) -> None:
        if (self.table is None) == (self.query is None):
            raise ConfigError(
                "name one of `table` and `query`",
                where="sql",
                remedy='Write table = "customers", or query = "select ...".',
            )
        if self.timeout < 1:
            raise ConfigError(
                "the timeout is no number of seconds", where="timeout", remedy="Write at least 1."
            )

    def read(self) -> Iterator[Batch]:
        """The rows, in the order of the primary key where there is one."""
        with connected(self.url, self.timeout) as connection:
            yield from _records(connection, self._reading(connection))

    @classmethod
    def find(cls, place: str) -> Iterable[Finding]:
        """A finding for every table or view with text, in a SQLite file or at a database's URL."""
        url = place if "://" in place else _url_of_file(Path(place))
        if url is None:
            return
        with suppress(ConnectorError, ConfigError), connected(url, TIMEOUT) as connection:
            for kind, table, key in _tables_with_text(connection):
                what = f"{connection.dialect.name} {kind} {table}"
                yield Finding({"url": url, "table": table}, what, 0.9, key=key)

    def _reading(self, connection: Connection) -> _Reading:
        if self.table is not None:
            return _table(connection, self.table)
        return _Reading(self.query or "", "query")


def sqlite_path(url: str) -> Path | None:
    """The file that a SQLite URL names; None for any other URL and for a database in memory."""
    with suppress(ConnectorError):
        return file_of(parsed(url))
    return None


def _url_of_file(file: Path) -> str | None:
    """The URL of a file that begins as SQLite's do."""
    with suppress(OSError), file.open("rb") as stream:
        if stream.read(len(_SQLITE_MARK)) == _SQLITE_MARK:
            return f"sqlite:///{file.as_posix()}"
    return None


def _records(connection: Connection, reading: _Reading) -> Iterator[Batch]:
    fetching = fetched(connection, reading.statement, _BATCH)
    names = unique_names(next(fetching))
    rows_before = 0
    for rows in fetching:
        yield _batch(names, rows, reading, rows_before)
        rows_before += len(rows)
    if not rows_before:
        yield _batch(names, [], reading, 0)


def _batch(
    names: Sequence[str], rows: Sequence[Sequence[Any]], reading: _Reading, rows_before: int
) -> Batch:
    import pyarrow as pa

    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    texts = [trimmed(_texts(column)) for column in columns]
    return Batch(
        pa.RecordBatch.from_arrays(texts, names=list(names)),
        _locations(texts, names, reading, rows_before, len(rows)),
        reading.origin,
    )


def _texts(column: Sequence[Any]) -> pa.StringArray:
    import pyarrow as pa

    try:
        return as_array(column)
    except (pa.ArrowException, TypeError, UnicodeError):
        return pa.array([as_text(value) for value in column], pa.string())


def _locations(
    texts: Sequence[pa.StringArray],
    names: Sequence[str],
    reading: _Reading,
    rows_before: int,
    count: int,
) -> pa.StringArray:
    """`customers id=12` where there is a primary key, else `customers row 12`."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not reading.key:
        numbers = range(rows_before + 1, rows_before + count + 1)
        return pa.array([f"{reading.origin} row {number}" for number in numbers], pa.string())
    keys = [
        pc.utf8_replace_slice(cast("Any", texts[names.index(name)]), 0, 0, f"{name}=")
        for name in reading.key
    ]
    written = pc.binary_join_element_wise(*keys, cast("Any", ", "))
    return cast("pa.StringArray", pc.utf8_replace_slice(written, 0, 0, f"{reading.origin} "))


def _table(connection: Connection, table: str) -> _Reading:
    """The whole table, in the order of its primary key."""
    from sqlalchemy import inspect

    inspector = inspect(connection)
    schema, name = _found_table(inspector, table, connection.engine.url)
    key = _key(inspector, name, schema)
    source = ".".join(_quoted(connection, part) for part in (schema, name) if part)
    order = f" ORDER BY {', '.join(_quoted(connection, column) for column in key)}" if key else ""
    return _Reading(f"SELECT * FROM {source}{order}", table, key)


def _key(inspector: Inspector, name: str, schema: str | None) -> tuple[str, ...]:
    """The columns of the primary key, if there is one."""
    from sqlalchemy.exc import NoSuchTableError

    try:
        columns = inspector.get_pk_constraint(name, schema).get("constrained_columns") or ()
    except (NoSuchTableError, NotImplementedError):
        return ()
    # SQLAlchemy takes the names from a statement of MySQL's, and leaves its quotes doubled.
    mysql = inspector.dialect.name in ("mysql", "mariadb")
    return tuple(column.replace("``", "`") if mysql else column for column in columns)


def _quoted(connection: Connection, name: str) -> str:
    """The identifier in quotation marks, for a statement without parameters."""
    quote = connection.dialect.identifier_preparer.quote_identifier
    doubled = quote("%").count("%") == 2
    return quote(name).replace("%%", "%") if doubled else quote(name)


def _found_table(inspector: Inspector, table: str, url: URL) -> tuple[str | None, str]:
    """The schema and name of a table or view. Raises ConnectorError naming the nearest one."""
    for schema, name in _ways_to_part(table):
        known = [*inspector.get_table_names(schema), *inspector.get_view_names(schema)]
        alike = [other for other in known if other.casefold() == name.casefold()]
        if name in known or len(alike) == 1:
            return schema, name if name in known else alike[0]
        if inspector.has_table(name, schema):  # A synonym, or a table of another kind.
            return schema, name
    known = [*inspector.get_table_names(), *inspector.get_view_names()]
    raise ConnectorError(
        f"there is no table '{table}'",
        where=shown(url),
        remedy=did_you_mean(table, known),
    )


def _ways_to_part(table: str) -> Iterator[tuple[str | None, str]]:
    """A name as it stands, and parted at each point: `crm.Clienti 2.0` is of the schema `crm`."""
    yield None, table
    for at, sign in enumerate(table):
        if sign == "." and 0 < at < len(table) - 1:
            yield table[:at], table[at + 1 :]


def _tables_with_text(connection: Connection) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The tables and views that hold text: what each is, its name, its primary key."""
    from sqlalchemy import inspect

    inspector = inspect(connection)
    for schema in _schemas(inspector):
        tables = set(inspector.get_table_names(schema))
        for name in sorted(
            {*tables, *_views(inspector, schema)}, key=lambda n: (n not in tables, n)
        ):
            if _holds_text(inspector, name, schema):
                kind = "table" if name in tables else "view"
                full = f"{schema}.{name}" if schema else name
                yield kind, full, _key(inspector, name, schema)


def _views(inspector: Inspector, schema: str | None) -> list[str]:
    """The views, those of PostgreSQL and Oracle that keep their rows among them."""
    with suppress(NotImplementedError):
        return [*inspector.get_view_names(schema), *inspector.get_materialized_view_names(schema)]
    return inspector.get_view_names(schema)


def _holds_text(inspector: Inspector, name: str, schema: str | None) -> bool:
    from sqlalchemy.exc import SQLAlchemyError
    from sqlalchemy.types import NullType, String

    try:
        columns = inspector.get_columns(name, schema)
    except SQLAlchemyError:  # A view of tables that are no more.
        return False
    # A SQLite column needs no type; then it holds anything, text included.
    return any(isinstance(column["type"], String | NullType) for column in columns)


def _schemas(inspector: Inspector) -> Iterator[str | None]:
    """The usual schema, and PostgreSQL's others; elsewhere another schema is another database."""
    yield None
    if inspector.dialect.name == "postgresql":
        usual = inspector.default_schema_name
        known = (name for name in inspector.get_schema_names() if not name.startswith("pg_"))
        yield from sorted(set(known) - {usual, "information_schema"})
