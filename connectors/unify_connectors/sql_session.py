"""A session with a database that only reads, gives text, and ends what takes too long."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from unify.connector import refuse_empty
from unify.errors import ConnectorError
from unify_connectors.text_encoding import STRAYS

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlalchemy.engine import URL

CONNECT_SECONDS: Final = 10
_SQLITE_STEPS: Final = 100_000  # between two looks at the clock
_DRIVERS: Final = {
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "mysql": "mysql+pymysql",
    "mariadb": "mariadb+pymysql",
    "mssql": "mssql+pymssql",
    "oracle": "oracle+oracledb",
}
_EXTRAS: Final = {
    "psycopg": "postgres",
    "pymysql": "mysql",
    "pymssql": "mssql",
    "oracledb": "oracle",
}
# What PostgreSQL writes is kept as it is written: quicker than Python's values, and some
# (`infinity`, a year before Christ, NaN) Python cannot hold.
_AS_WRITTEN: Final = (
    *("int2", "int4", "int8", "oid", "float4", "float8", "numeric", "date", "timestamp"),
    *("timestamptz", "time", "timetz", "interval", "uuid", "inet", "cidr", "json", "jsonb"),
)
_MYSQL_BIT: Final = 16


_READ_ONLY: Final = {
    "postgresql": "SET TRANSACTION READ ONLY",
    "mysql": "SET SESSION TRANSACTION READ ONLY",
    "mariadb": "SET SESSION TRANSACTION READ ONLY",
    "oracle": "SET TRANSACTION READ ONLY",
}
_TOOK_TOO_LONG: Final = ("statement timeout", "max_statement_time", "maximum statement execution")


@dataclass
class Deadline:
    """When a SQLite statement has taken too long since it last gave rows."""

    seconds: int
    until: float = 0.0

    def start(self) -> None:
        """Count from now."""
        self.until = time.monotonic() + self.seconds

    def is_over(self) -> bool:
        """Whether to end the statement; asked by SQLite while it works."""
        return time.monotonic() > self.until


def parsed(url: str) -> URL:
    """The URL, its driver filled in. Raises ConnectorError for what is no database's URL."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        made = make_url(url)
    except (ArgumentError, ValueError):
        # Not shown: what cannot be read may hold a password.
        raise ConnectorError(
            "the URL cannot be read",
            where="url",
            remedy="Write it like postgresql://user:${PASSWORD}@host/database.",
        ) from None
    if "@" in (made.host or ""):
        # Not shown: what stands before it is the rest of a password.
        raise ConnectorError(
            "the URL cannot be read: it holds more than one @",
            where="url",
            remedy="In a password, write @ as %40 and % as %25.",
        )
    return made.set(drivername=_DRIVERS.get(made.drivername, made.drivername))


def shown(url: URL) -> str:
    """The URL as errors may show it: without its password and its options."""
    return url.set(query={}).render_as_string(hide_password=True)


def file_of(url: URL) -> Path | None:
    """The file of a SQLite URL; None for any other one, and for a database in memory."""
    in_memory = url.database in (None, "", ":memory:")
    return None if in_memory or url.get_backend_name() != "sqlite" else Path(str(url.database))


@contextmanager
def connected(url: str, timeout: int) -> Iterator[Connection]:
    """A connection that only reads and streams. Raises ConnectorError without any password."""
    from sqlalchemy.exc import SQLAlchemyError

    target = parsed(url)
    errors: tuple[type[Exception], ...] = (SQLAlchemyError, ImportError, UnicodeError)
    try:
        engine = _engine(target, timeout)
        errors += (engine.dialect.loaded_dbapi.Error,)
        with engine.connect() as connection:
            _only_read(connection, timeout)
            yield connection
    except errors as error:
        raise _refusal(error, target, timeout) from None


def fetched(connection: Connection, statement: str, size: int) -> Iterator[Any]:
    """The statement's column names, then its rows in batches as the driver gives them."""
    cursor = _server_side(connection)
    if cursor is None:
        yield from _by_sqlalchemy(connection, statement, size)
        return
    cursor.execute(statement)
    yield [column[0] for column in cursor.description or ()]
    try:
        while rows := cursor.fetchmany(size):
            yield rows
    except GeneratorExit:
        _let_go(connection)
        raise
    cursor.close()


def _server_side(connection: Connection) -> Any:
    """A cursor whose rows stay with the server until they are asked for, and come as it writes
    them; None where SQLAlchemy's own way is as good.
    """
    driver = _driver(connection)
    if connection.dialect.driver == "psycopg":
        _keep_as_written(driver)
        return driver.cursor("unify")
    if connection.dialect.driver == "pymysql":
        from pymysql.cursors import SSCursor

        driver.decoders = {_MYSQL_BIT: lambda raw: str(int.from_bytes(raw))}
        return driver.cursor(SSCursor)
    return None


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _by_sqlalchemy(connection: Connection, statement: str, size: int) -> Iterator[Any]:
    # Without parameters, a percent sign is a percent sign to every driver.
    streaming = connection.execution_options(stream_results=True, no_parameters=True)
    result = streaming.exec_driver_sql(statement)
    yield list(result.keys())
    deadline = connection.info.get("deadline")
    for rows in result.partitions(size):
        yield rows
        if deadline:
            deadline.start()


def _let_go(connection: Connection) -> None:
    """pymysql reads all rows that a statement has left before it ends it; a look needs none."""
    result: Any = getattr(_driver(connection), "_result", None)
    if getattr(result, "unbuffered_active", False):
        result.unbuffered_active = False
        connection.invalidate()


def _only_read(connection: Connection, timeout: int) -> None:
    from sqlalchemy.exc import DBAPIError

    kind = connection.dialect.name
    for statement in _settings(connection, timeout):
        try:
            connection.exec_driver_sql(statement)
        except DBAPIError:  # An old server may not know it.
            connection.rollback()
    if begin := _READ_ONLY.get(kind):
        connection.exec_driver_sql(begin)
    if kind == "oracle":
        _driver(connection).call_timeout = timeout * 1000


def _settings(connection: Connection, timeout: int) -> list[str]:
    if connection.dialect.name == "postgresql":
        return [f"SET statement_timeout = {timeout * 1000}", "SET datestyle = 'ISO, YMD'"]
    if connection.dialect.name in ("mysql", "mariadb"):
        if getattr(connection.dialect, "is_mariadb", False):
            return [f"SET SESSION max_statement_time = {timeout}"]
        return [f"SET SESSION max_execution_time = {timeout * 1000}"]
    return []


def _engine(url: URL, timeout: int) -> Engine:
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import NullPool

    file = file_of(url)
    if file is not None:
        deadline = Deadline(timeout)
        engine = create_engine(url, poolclass=NullPool, creator=lambda: _sqlite(file, deadline))
        event.listen(engine, "connect", lambda _, record: record.info.update(deadline=deadline))
        return engine
    return create_engine(url, poolclass=NullPool, connect_args=_arguments(url, timeout))


def _arguments(url: URL, timeout: int) -> dict[str, Any]:
    if url.get_driver_name() == "pymysql" and url.password:
        # It would write a password in Latin-1, where servers take it in UTF-8.
        return {**_patience(url, timeout), "password": str(url.password).encode()}
    return dict(_patience(url, timeout))


def _patience(url: URL, timeout: int) -> dict[str, int]:
    """How long to wait for a server that does not answer, unless the URL says so itself."""
    known = {
        "psycopg": {"connect_timeout": CONNECT_SECONDS},
        "pymysql": {"connect_timeout": CONNECT_SECONDS, "read_timeout": timeout + CONNECT_SECONDS},
        "pymssql": {"login_timeout": CONNECT_SECONDS, "timeout": timeout},
        "oracledb": {"tcp_connect_timeout": CONNECT_SECONDS},
    }.get(url.get_driver_name(), {})
    return {name: seconds for name, seconds in known.items() if name not in url.query}


def _sqlite(file: Path, deadline: Deadline) -> Any:
    import sqlite3

    if not file.exists():
        raise ConnectorError("no such file", where=str(file), remedy="Check `url` in unify.toml.")
    refuse_empty(file)
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
    connection.text_factory = lambda raw: raw.decode("utf-8", STRAYS)
    deadline.start()
    connection.set_progress_handler(deadline.is_over, _SQLITE_STEPS)
    return connection


def _keep_as_written(connection: Any) -> None:
    from psycopg.types.string import TextLoader

    for kind in _AS_WRITTEN:
        connection.adapters.register_loader(kind, TextLoader)


def _refusal(error: Exception, url: URL, timeout: int) -> ConnectorError:
    said = " ".join(str(getattr(error, "orig", None) or error).strip().partition("\n")[0].split())
    if any(secret in said for secret in _secrets(url)):
        said = type(error).__name__
    if any(words in said for words in _TOOK_TOO_LONG) or said == "interrupted":
        return ConnectorError(
            f"the statement took longer than {timeout} s",
            where=shown(url),
            remedy="Raise `timeout`, or read a smaller table or query.",
        )
    remedy = "Check the URL, and that the database answers and lets this user read."
    if isinstance(error, ImportError):
        remedy = _missing_driver(url)
    return ConnectorError(f"the database cannot be read ({said})", where=shown(url), remedy=remedy)


def _missing_driver(url: URL) -> str:
    extra = _EXTRAS.get(url.drivername.partition("+")[2])
    if extra:
        return f"Install its driver: `pip install 'unify-contacts[{extra}]'`."
    return "Install the driver that the URL names."


def _secrets(url: URL) -> list[str]:
    """What an error must not repeat: the password, wherever the URL says it and however."""
    from urllib.parse import quote, quote_plus

    said = [str(url.password or ""), *(str(value) for value in url.query.values())]
    return [
        form for secret in said if secret for form in (secret, quote(secret), quote_plus(secret))
    ]
