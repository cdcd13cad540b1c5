"""Databases that tables are written to. The core's only importer of SQLAlchemy.

A password is never shown: neither that of a URL nor one that a driver's message repeats.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, quote_plus

from unify.errors import ConfigError, ExportError

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine
    from sqlalchemy import Table as SqlTable

Row = Mapping[str, Any]

_DRIVERS: Final = {
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "mysql": "mysql+pymysql",
    "mariadb": "mariadb+pymysql",
}
_EXTRAS: Final = {"postgresql": "postgres", "mysql": "mysql", "mariadb": "mysql"}
_WRITABLE: Final = (*_EXTRAS, "sqlite")
# The making of a table ends their transactions.
_NO_UNDOING: Final = ("mysql", "mariadb")
_CONNECT_SECONDS: Final = 10
_KEY_LENGTH: Final = 64
_LONGEST_NAME: Final = 48  # servers allow 63, and what stands in for the table has a longer one
_AT_ONCE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Shape:
    """A table to be: its name (`schema.name` for another schema), its columns with their kinds.

    The first column is its key. Kinds: `text`, `integer`, `number`, `list`.
    """

    name: str
    columns: Sequence[tuple[str, str]]

    @property
    def key(self) -> str:
        """The column that a row is known by."""
        return self.columns[0][0]

    def table(self, ending: str = "") -> SqlTable:
        """The table, or one that stands in for it."""
        from sqlalchemy import Column, MetaData, String, Table

        schema, _, name = self.name.rpartition(".")
        kinds = _kinds()
        return Table(
            f"{name}{ending}",
            MetaData(),
            Column(self.key, String(_KEY_LENGTH), primary_key=True),
            *(Column(name, kinds[kind]) for name, kind in self.columns[1:]),
            schema=schema or None,
            mysql_charset="utf8mb4",
            mariadb_charset="utf8mb4",
        )


def is_url(target: str) -> bool:
    """Whether a target is a database's URL rather than a file."""
    return "://" in target


def synchronise(url: str, shape: Shape, rows: Iterable[Sequence[Row]], *, replace: bool) -> str:
    """Let a table hold exactly the rows, in one step: others read what was there or what is now.

    A table that is not there is made; one that is keeps the columns that are not ours, and is
    only made anew where it lacks some and may be replaced. Gives the URL as it may be shown.
    Raises ConfigError for a URL or table that will not do, ExportError where writing fails.
    """
    target = _parsed(url)
    if len(shape.name.rpartition(".")[2]) > _LONGEST_NAME:
        raise ConfigError(
            f"a name longer than {_LONGEST_NAME} signs", where=f"--table {shape.name}"
        )
    with _told(target), _opened(target) as engine, engine.begin() as connection:
        standing = _standing(connection, shape)
        fits = standing is not None and _fits(standing, shape)
        if standing is not None and not fits and not replace:
            raise _strange(standing, shape, _shown(target))
        if fits:
            _update(connection, shape.table(), rows)
        else:
            _exchange(connection, shape, rows, standing)
    return _shown(target)


def _standing(connection: Connection, shape: Shape) -> SqlTable | None:
    """The table of that name as it is there."""
    from sqlalchemy import MetaData, Table, inspect

    wanted = shape.table()
    if not inspect(connection).has_table(wanted.name, schema=wanted.schema):
        return None
    return Table(wanted.name, MetaData(), schema=wanted.schema, autoload_with=connection)


def _fits(standing: SqlTable, shape: Shape) -> bool:
    keys = [column.name for column in standing.primary_key]
    return keys == [shape.key] and {name for name, _ in shape.columns} <= set(standing.c.keys())


def _strange(standing: SqlTable, shape: Shape, where: str) -> ConfigError:
    missing = [name for name, _ in shape.columns if name not in standing.c]
    lack = f"lacks the column '{missing[0]}'" if missing else f"'{shape.key}' is not its key"
    return ConfigError(
        f"the table '{shape.name}' is there already, and {lack}",
        where=where,
        remedy="Name another --table; --force puts a fresh one in its place.",
    )


def _update(connection: Connection, table: SqlTable, rows: Iterable[Sequence[Row]]) -> None:
    """Insert or update every row; delete those of other keys."""
    from sqlalchemy import delete, select

    (key,) = table.primary_key
    before, now = set(connection.scalars(select(key))), set[str]()
    upsert = _upsert(connection, table)
    for batch in rows:
        connection.execute(upsert, batch)
        now.update(row[key.name] for row in batch)
    gone = sorted(before - now)
    for start in range(0, len(gone), _AT_ONCE):
        connection.execute(delete(table).where(key.in_(gone[start : start + _AT_ONCE])))


def _exchange(
    connection: Connection, shape: Shape, rows: Iterable[Sequence[Row]], standing: SqlTable | None
) -> None:
    """Make a fresh table beside, and let it take the name of the one that is there, if any is."""
    from sqlalchemy import insert

    fresh = shape.table("_unify_next")
    with _no_leftover(connection, fresh):
        fresh.create(connection)
        for batch in rows:
            connection.execute(insert(fresh), batch)
        for statement in _renamings(connection, shape, fresh, standing):
            connection.exec_driver_sql(statement)


@contextmanager
def _no_leftover(connection: Connection, fresh: SqlTable) -> Iterator[None]:
    """Let no table stay behind where making one ends the transaction that would undo it."""
    fresh.drop(connection, checkfirst=True)
    try:
        yield
    except BaseException:
        if connection.dialect.name in _NO_UNDOING and not connection.invalidated:
            fresh.drop(connection, checkfirst=True)
        raise


def _renamings(
    connection: Connection, shape: Shape, fresh: SqlTable, standing: SqlTable | None
) -> list[str]:
    preparer = connection.dialect.identifier_preparer
    whole = preparer.format_table
    wanted, away = shape.table(), shape.table("_unify_before")
    if connection.dialect.name in _NO_UNDOING:
        # A renaming is whole by itself.
        into = f"{whole(fresh)} to {whole(wanted)}"
        if standing is None:
            return [f"rename table {into}"]
        return [
            f"drop table if exists {whole(away)}",
            f"rename table {whole(wanted)} to {whole(away)}, {into}",
            f"drop table {whole(away)}",
        ]
    drop = [f"drop table {whole(wanted)}"] if standing is not None else []
    return [*drop, f"alter table {whole(fresh)} rename to {preparer.quote(wanted.name)}"]


def _upsert(connection: Connection, table: SqlTable) -> Any:
    from sqlalchemy.dialects import mysql, postgresql, sqlite

    (key,) = table.primary_key
    others = [column.name for column in table.c if not column.primary_key]
    if connection.dialect.name in _NO_UNDOING:
        known = mysql.insert(table)
        return known.on_duplicate_key_update({name: known.inserted[name] for name in others})
    dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table)
    return statement.on_conflict_do_update(
        index_elements=[key], set_={name: statement.excluded[name] for name in others}
    )


def _kinds() -> dict[str, Any]:
    from sqlalchemy import JSON, BigInteger, Double, Text
    from sqlalchemy.dialects.mysql import LONGTEXT

    return {
        "text": Text().with_variant(LONGTEXT(), "mysql", "mariadb"),
        "integer": BigInteger(),
        "number": Double(),
        "list": JSON(none_as_null=True),
    }


@contextmanager
def _opened(url: URL) -> Iterator[Engine]:
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    engine = create_engine(
        url,
        poolclass=NullPool,
        connect_args=_arguments(url),
        hide_parameters=True,
        json_serializer=lambda value: json.dumps(value, ensure_ascii=False),
    )
    if engine.dialect.name == "sqlite":
        _with_transactions(engine)
    try:
        yield engine
    finally:
        engine.dispose()


def _with_transactions(engine: Engine) -> None:
    """Let SQLite's transactions hold the making of tables too; its driver leaves that out."""
    from sqlalchemy import event

    def leave_alone(connection: Any, _: Any) -> None:
        connection.isolation_level = None

    event.listen(engine, "connect", leave_alone)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("begin immediate"))


def _arguments(url: URL) -> dict[str, Any]:
    if url.get_driver_name() not in ("psycopg", "pymysql"):
        return {}
    patience = {} if "connect_timeout" in url.query else {"connect_timeout": _CONNECT_SECONDS}
    if url.get_driver_name() == "pymysql" and url.password:
        # It would write a password in Latin-1, where servers take it in UTF-8.
        return {**patience, "password": str(url.password).encode()}
    return patience


def _parsed(url: str) -> URL:
    """The URL, its driver filled in. Raises ConfigError for what cannot be written to."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        made = make_url(url)
    except (ArgumentError, ValueError):
        # Not shown: what cannot be read may hold a password.
        raise ConfigError(
            "the database's URL cannot be read",
            where="--to",
            remedy="Write it like 'postgresql://user:${PASSWORD}@host/database'.",
        ) from None
    if "@" in (made.host or ""):
        # Not shown: what stands before it is the rest of a password.
        raise ConfigError(
            "the database's URL holds more than one @",
            where="--to",
            remedy="In a password, write @ as %40 and % as %25.",
        )
    if made.drivername.partition("+")[0] not in (*_DRIVERS, *_WRITABLE):
        raise ConfigError(
            f"tables cannot be written to a database of the kind '{made.drivername}'",
            where="--to",
            remedy="PostgreSQL, MariaDB, MySQL and SQLite can be written to.",
        )
    return made.set(drivername=_DRIVERS.get(made.drivername, made.drivername))


def _shown(url: URL) -> str:
    return url.set(query={}).render_as_string(hide_password=True)


@contextmanager
def _told(url: URL) -> Iterator[None]:
    """Raise what the database refuses as ExportError, without any password or value."""
    from sqlalchemy.exc import SQLAlchemyError

    try:
        yield
    except ImportError:
        extra = _EXTRAS.get(url.get_backend_name(), "")
        raise ConfigError(
            "the driver of this database is not installed",
            where=_shown(url),
            remedy=f"`pip install 'unify-contacts[{extra}]'`." if extra else "Install it.",
        ) from None
    except (SQLAlchemyError, UnicodeError) as error:
        raise ExportError(
            f"the table cannot be written ({_said(error, url)})",
            where=_shown(url),
            remedy="Check the URL, and that the database answers and lets this user write.",
        ) from None


def _said(error: Exception, url: URL) -> str:
    """The first line of what the driver says, unless it repeats a secret of the URL."""
    driver: Any = getattr(error, "orig", None) or error
    # Some put a number before it.
    words = driver.args[-1] if driver.args and isinstance(driver.args[-1], str) else str(driver)
    said = " ".join(words.strip().partition("\n")[0].split())
    secrets = [str(url.password or ""), *(str(value) for value in url.query.values())]
    forms = {form for one in secrets if one for form in (one, quote(one), quote_plus(one))}
    return type(error).__name__ if any(form in said for form in forms) else said
