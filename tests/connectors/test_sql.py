from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from unify.connector import Batch
from unify.errors import ConfigError, ConnectorError
from unify_connectors.sql import SqlSource, sqlite_path

SERVERS = {
    "postgres": ("UNIFY_TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/test"),
    "mariadb": ("UNIFY_TEST_MARIADB_URL", "mysql+pymysql://root@127.0.0.1:3306/test"),
}


@dataclass(frozen=True)
class Server:
    """A database server: its URL, and the name of a table that is dropped afterwards."""

    url: str
    engine: Engine
    table: str

    def run(self, *statements: str) -> None:
        with self.engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))


@pytest.fixture(params=sorted(SERVERS))
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    variable, usual = SERVERS[request.param]
    url = os.environ.get(variable, usual)
    engine = create_engine(url)
    try:
        engine.connect().close()
    except SQLAlchemyError as error:
        if os.environ.get("UNIFY_REQUIRE_SERVICES") == "1":
            pytest.fail(f"{request.param} does not answer: {error}")
        pytest.skip(f"{request.param} does not answer; {variable} names another")
    server = Server(url, engine, f"customers_{uuid4().hex[:12]}")
    yield server
    server.run(f"drop table if exists {server.table}")
    engine.dispose()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "gestionale.db"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.executescript(
            """
            create table "ANAGRAFICA CLIENTI" (
              "Id" integer primary key, "Ragione sociale" text, "order" text,
              saldo real, quota numeric, foto blob
            );
            insert into "ANAGRAFICA CLIENTI" values
              (2, ' Bianchi Srl ', '', 12.0, 0.1, x'ff00'),
              (1, 'Rossi', null, 1.5, 3, cast('Forlì' as blob));
            create table movimenti (a integer, b integer);
            create table note (testo);
            create view attivi as select "Id", "Ragione sociale" from "ANAGRAFICA CLIENTI";
            """
        )
    return file


def _url(file: Path) -> str:
    return f"sqlite:///{file}"


def _records(batches: list[Batch]) -> list[dict[str, str | None]]:
    return [record for batch in batches for record in batch.records.to_pylist()]


def _locations(batches: list[Batch]) -> list[str]:
    return [location for batch in batches for location in batch.locations.to_pylist()]


def test_a_table_comes_as_text_in_the_order_of_its_key(database: Path) -> None:
    batches = list(SqlSource(_url(database), table="ANAGRAFICA CLIENTI").read())
    assert [list(record.values()) for record in _records(batches)] == [
        ["1", "Rossi", None, "1.5", "3", "Forlì"],
        ["2", "Bianchi Srl", None, "12", "0.1", "ff00"],
    ]
    assert _locations(batches) == ["ANAGRAFICA CLIENTI Id=1", "ANAGRAFICA CLIENTI Id=2"]


def test_a_view_has_rows_without_a_key(database: Path) -> None:
    batches = list(SqlSource(_url(database), table="attivi").read())
    assert _locations(batches) == ["attivi row 1", "attivi row 2"]


def test_a_query_is_run_as_it_is_written(database: Path) -> None:
    query = (
        "select \"Ragione sociale\" as x, 'a:b 100%' as X, '10:30' as ora from attivi where Id = 1"
    )
    (batch,) = SqlSource(_url(database), query=query).read()
    assert batch.records.to_pylist() == [{"x": "Rossi", "X_2": "a:b 100%", "ora": "10:30"}]
    assert _locations([batch]) == ["query row 1"]


def test_a_table_without_rows_is_one_batch_without_records(database: Path) -> None:
    (batch,) = SqlSource(_url(database), table="movimenti").read()
    assert (batch.records.num_rows, batch.records.schema.names) == (0, ["a", "b"])


def test_a_large_table_comes_in_batches(tmp_path: Path) -> None:
    file = tmp_path / "large.db"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("create table t (id integer primary key, name text)")
        connection.executemany("insert into t values (?, 'x')", ((i,) for i in range(45_000)))
    batches = list(SqlSource(_url(file), table="t").read())
    assert [batch.records.num_rows for batch in batches] == [20_000, 20_000, 5_000]
    assert [record["id"] for record in _records(batches)] == [str(i) for i in range(45_000)]


def test_text_that_is_no_utf8_is_read_as_windows_text(tmp_path: Path) -> None:
    file = tmp_path / "old.db"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("create table t (name text)")
        connection.execute("insert into t values (cast(x'466f726cec' as text))")
    assert _records(list(SqlSource(_url(file), table="t").read())) == [{"name": "Forlì"}]


@pytest.mark.parametrize(
    "statement", ["delete from movimenti", "drop table movimenti", "create table x (a)"]
)
def test_nothing_can_be_written(database: Path, statement: str) -> None:
    with pytest.raises(ConnectorError, match="readonly"):
        list(SqlSource(_url(database), query=statement).read())


def test_a_missing_table_is_named_with_the_nearest(database: Path) -> None:
    with pytest.raises(ConnectorError, match="no table 'movimento'") as caught:
        list(SqlSource(_url(database), table="movimento").read())
    assert "movimenti" in caught.value.remedy


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.db"
    file.write_text("no database, but long enough to look at" * 50)
    with pytest.raises(ConnectorError, match="not a database"):
        list(SqlSource(_url(file), table="t").read())


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://anna:s3cr3t@127.0.0.1:1/x", "cannot be read"),
        ("postgresql://anna@127.0.0.1:1/x?password=s3cr3t", "cannot be read"),
        ("mysql://anna:s3cr3t@127.0.0.1:1/x", "cannot be read"),
        ("oracle+cx_oracle://anna:s3cr3t@127.0.0.1:1/x", "cannot be read"),
        ("nonsense://anna:s3cr3t@127.0.0.1:1/x", "cannot be read"),
        ("anna:s3cr3t", "URL cannot be read"),
    ],
)
def test_no_error_shows_the_password(url: str, said: str) -> None:
    source = SqlSource(url, table="t")
    with pytest.raises(ConnectorError, match=said) as caught:
        list(source.read())
    assert "s3cr3t" not in str(caught.value) + repr(source)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("settings", [{}, {"table": "t", "query": "select 1"}])
def test_a_source_is_a_table_or_a_query(settings: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match="one of"):
        SqlSource("sqlite:///x.db", **settings)


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///data/x.db", "data/x.db"),
        ("sqlite:////data/x.db", "/data/x.db"),
        ("sqlite://", None),
        ("sqlite:///:memory:", None),
        ("postgresql://host/x", None),
        ("no url", None),
    ],
)
def test_the_path_of_a_sqlite_url(url: str, path: str | None) -> None:
    assert sqlite_path(url) == (Path(path) if path else None)


def test_find_tells_the_tables_that_hold_text(database: Path) -> None:
    renamed = database.rename(database.with_suffix(".dat"))
    findings = list(SqlSource.find(str(renamed)))
    assert [finding.settings["table"] for finding in findings] == ["ANAGRAFICA CLIENTI", "note"]
    assert {finding.confidence for finding in findings} == {0.9}
    assert SqlSource(**findings[0].settings).read()


def test_a_server_s_table_is_read(server: Server) -> None:
    server.run(
        f"create table {server.table} (code varchar(9), part int, name char(20), born date,"
        " touched timestamp null, balance numeric(10, 2), active boolean,"
        " primary key (code, part))",
        f"insert into {server.table} values"
        " ('b', 1, 'Forlì', '1980-01-31', '2026-01-02 03:04:05', 12.50, true),"
        " ('a', 2, '', null, null, null, false)",
    )
    batches = list(SqlSource(server.url, table=server.table).read())
    first, second = _records(batches)
    assert second["name"] == "Forlì"
    assert second["born"] == "1980-01-31"
    assert second["balance"] == "12.50"
    assert str(second["touched"]).replace("T", " ") == "2026-01-02 03:04:05"
    assert first["name"] is first["born"] is first["balance"] is None
    assert _locations(batches) == [
        f"{server.table} code=a, part=2",
        f"{server.table} code=b, part=1",
    ]


def test_a_server_s_schema_may_be_named(server: Server) -> None:
    server.run(
        f"create table {server.table} (name varchar(9))",
        f"insert into {server.table} values ('Anna')",
    )
    schema = "public" if server.engine.dialect.name == "postgresql" else server.engine.url.database
    source = SqlSource(server.url, table=f"{schema}.{server.table}")
    assert _records(list(source.read())) == [{"name": "Anna"}]


def test_a_server_is_only_read(server: Server) -> None:
    server.run(f"create table {server.table} (name varchar(9))")
    for statement in (f"insert into {server.table} values ('x')", f"drop table {server.table}"):
        with pytest.raises(ConnectorError, match="cannot be read"):
            list(SqlSource(server.url, query=statement).read())
    assert _records(list(SqlSource(server.url, table=server.table).read())) == []


def test_a_server_s_tables_are_found(server: Server) -> None:
    server.run(f"create table {server.table} (name varchar(9))")
    found = [dict(finding.settings) for finding in SqlSource.find(server.url)]
    assert {"url": server.url, "table": server.table} in found


def test_dates_that_python_cannot_hold_are_read(server: Server) -> None:
    if server.engine.dialect.name != "postgresql":
        pytest.skip("only PostgreSQL has such dates")
    query = "select 'infinity'::date as d, '0044-03-15 BC'::date as e"
    (record,) = _records(list(SqlSource(server.url, query=query).read()))
    assert record == {"d": "infinity", "e": "0044-03-15 BC"}
