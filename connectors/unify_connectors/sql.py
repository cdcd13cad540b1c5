"""Tables and queries of a SQL database: SQLite, PostgreSQL, MySQL, SQL Server, Oracle, …"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from unify.connector import Batch, Finding, refuse_empty
from unify.errors import ConfigError, ConnectorError, did_you_mean
from unify_connectors.batches import trimmed
from unify_connectors.cell_text import as_text
from unify_connectors.header import unique_names
from unify_connectors.text_encoding import STRAYS

if TYPE_CHECKING:
    import pyarrow as pa
    from sqlalchemy import Connection, Engine, Inspector
    from sqlalchemy.engine import URL

_BATCH: Final = 20_000  # records
_SQLITE_MARK: Final = b"SQLite format 3\0"
_BEGIN: Final = {
    "postgresql": "SET TRANSACTION READ ONLY",
    "mysql": "SET SESSION TRANSACTION READ ONLY",
    "mariadb": "SET SESSION TRANSACTION READ ONLY",
}
_DRIVERS: Final = {
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "mysql": "mysql+pymysql",
    "mariadb": "mariadb+pymysql",
}


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
    """

    url: str = field(repr=False)  # it may hold a password
    table: str | None = None
    query: str | None = None

    native_key: ClassVar[str | None] = None

    def __post_init__(self) -> None:
        if (self.table is None) == (self.query is None):
            raise ConfigError(
                "name one of `table` and `query`",
                where="sql",
                remedy='Write table = "customers", or query = "select ...".',
            )

    def read(self) -> Iterator[Batch]:
        """The rows, in the order of the primary key where there is one."""
        with _connected(self.url) as connection:
            yield from _records(connection, self._reading(connection))

    @classmethod
    def find(cls, place: str) -> Iterable[Finding]:
        """A finding for every table with text, in a SQLite file or at a database's URL."""
        url = place if "://" in place else _url_of_file(Path(place))
        if url is None:
            return
        with suppress(ConnectorError, ConfigError), _connected(url) as connection:
            for table, key in _tables_with_text(connection):
                what = f"{connection.dialect.name} table {table}"
                yield Finding({"url": url, "table": table}, what, 0.9, key=key)

    def _reading(self, connection: Connection) -> _Reading:
        if self.table is not None:
            return _table(connection, self.table)
        return _Reading(self.query or "", "query")


def sqlite_path(url: str) -> Path | None:
    """The file that a SQLite URL names; None for any other URL and for a database in memory."""
    with suppress(ConnectorError):
        return _file_of(_parsed(url))
    return None


def _parsed(url: str) -> URL:
    """The URL, its driver filled in. Raises ConnectorError for what is no database's URL."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        parsed = make_url(url)
    except ArgumentError:
        # Not shown: what cannot be read may hold a password.
        raise ConnectorError(
            "the URL cannot be read",
            where="url",
            remedy="Write it like postgresql://user:${PASSWORD}@host/database.",
        ) from None
    return parsed.set(drivername=_DRIVERS.get(parsed.drivername, parsed.drivername))


def _file_of(url: URL) -> Path | None:
    in_memory = url.database in (None, "", ":memory:")
    return None if in_memory or url.get_backend_name() != "sqlite" else Path(str(url.database))


def _url_of_file(file: Path) -> str | None:
    """The URL of a file that begins as SQLite's do."""
    with suppress(OSError), file.open("rb") as stream:
        if stream.read(len(_SQLITE_MARK)) == _SQLITE_MARK:
            return f"sqlite:///{file.as_posix()}"
    return None


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    """A connection that only reads and streams. Raises ConnectorError without any password."""
    from sqlalchemy.exc import SQLAlchemyError

    parsed = _parsed(url)
    try:
        engine = _engine(parsed)
        with engine.connect() as connection:
            if begin := _BEGIN.get(connection.dialect.name):
                connection.exec_driver_sql(begin)
            yield connection.execution_options(stream_results=True, max_row_buffer=_BATCH)
    except (SQLAlchemyError, ImportError) as error:
        raise _refusal(error, parsed) from None


def _engine(url: URL) -> Engine:
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import NullPool

    file = _file_of(url)
    if file is not None:
        return create_engine(url, poolclass=NullPool, creator=lambda: _sqlite(file))
    engine = create_engine(url, poolclass=NullPool)
    if url.get_driver_name() == "psycopg":
        event.listen(engine, "connect", _keep_dates_as_text)
    return engine


def _sqlite(file: Path) -> Any:
    import sqlite3

    if not file.exists():
        raise ConnectorError("no such file", where=str(file), remedy="Check `url` in unify.toml.")
    refuse_empty(file)
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
    connection.text_factory = lambda raw: raw.decode("utf-8", STRAYS)
    return connection


def _keep_dates_as_text(connection: Any, _record: object) -> None:
    """Let PostgreSQL's `infinity` and years before Christ through, which Python cannot hold."""
    from psycopg.types.string import TextLoader

    for kind in ("date", "timestamp", "timestamptz"):
        connection.adapters.register_loader(kind, TextLoader)


def _refusal(error: Exception, url: URL) -> ConnectorError:
    said = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
    if any(secret in said for secret in _secrets(url)):
        said = type(error).__name__
    remedy = "Check the URL, and that the database answers and lets this user read."
    if isinstance(error, ImportError):
        remedy = "Install its driver: `pip install 'unify-contacts[postgres,mysql]'` brings two."
    return ConnectorError(f"the database cannot be read ({said})", where=_shown(url), remedy=remedy)


def _secrets(url: URL) -> list[str]:
    """What an error must not repeat: the password, wherever the URL says it."""
    said = [str(url.password or ""), *(str(value) for value in url.query.values())]
    return list(filter(None, said))


def _shown(url: URL) -> str:
    return url.set(query={}).render_as_string(hide_password=True)


def _records(connection: Connection, reading: _Reading) -> Iterator[Batch]:
    result = connection.exec_driver_sql(reading.statement)
    names = unique_names(result.keys())
    rows_before = 0
    for rows in result.partitions(_BATCH):
        yield _batch(names, rows, reading, rows_before)
        rows_before += len(rows)
    if not rows_before:
        yield _batch(names, [], reading, 0)


def _batch(
    names: Sequence[str], rows: Sequence[Sequence[Any]], reading: _Reading, rows_before: int
) -> Batch:
    import pyarrow as pa

    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    texts = [pa.array(map(as_text, column), pa.string()) for column in columns]
    return Batch(
        pa.RecordBatch.from_arrays([trimmed(text) for text in texts], names=list(names)),
        pa.array(_locations(texts, names, reading, rows_before, len(rows)), pa.string()),
        reading.origin,
    )


def _locations(
    texts: Sequence[pa.StringArray],
    names: Sequence[str],
    reading: _Reading,
    rows_before: int,
    count: int,
) -> list[str]:
    """`customers id=12` where there is a primary key, else `customers row 12`."""
    if not reading.key:
        return [f"{reading.origin} row {rows_before + i}" for i in range(1, count + 1)]
    keys = [texts[names.index(name)].to_pylist() for name in reading.key]
    return [
        f"{reading.origin} "
        + ", ".join(f"{name}={value}" for name, value in zip(reading.key, values, strict=True))
        for values in zip(*keys, strict=True)
    ]


def _table(connection: Connection, table: str) -> _Reading:
    """The whole table, in the order of its primary key."""
    from sqlalchemy import inspect

    inspector = inspect(connection)
    schema, name = _found_table(inspector, table, connection.engine.url)
    key = tuple(inspector.get_pk_constraint(name, schema).get("constrained_columns") or ())
    quote = connection.dialect.identifier_preparer.quote
    source = ".".join(quote(part) for part in (schema, name) if part)
    order = f" ORDER BY {', '.join(map(quote, key))}" if key else ""
    return _Reading(f"SELECT * FROM {source}{order}", table, key)


def _found_table(inspector: Inspector, table: str, url: URL) -> tuple[str | None, str]:
    """The schema and name of a table or view. Raises ConnectorError naming the nearest one."""
    schema, _, name = table.rpartition(".")
    if _exists(inspector, table, None):
        return None, table
    if schema and _exists(inspector, name, schema):
        return schema, name
    known = [*inspector.get_table_names(), *inspector.get_view_names()]
    raise ConnectorError(
        f"there is no table '{table}'",
        where=_shown(url),
        remedy=did_you_mean(table, known),
    )


def _exists(inspector: Inspector, name: str, schema: str | None) -> bool:
    return inspector.has_table(name, schema)


def _tables_with_text(connection: Connection) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The tables that hold text, each with its primary key."""
    from sqlalchemy import inspect
    from sqlalchemy.types import NullType, String

    inspector = inspect(connection)
    for table in sorted(inspector.get_table_names()):
        # A SQLite column needs no type; then it holds anything, text included.
        if any(isinstance(c["type"], String | NullType) for c in inspector.get_columns(table)):
            key = inspector.get_pk_constraint(table).get("constrained_columns") or ()
            yield table, tuple(key)
