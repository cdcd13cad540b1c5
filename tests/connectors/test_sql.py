from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from tests.servers import Server

from unify.connector import Batch
from unify.errors import ConfigError, ConnectorError
from unify_connectors.sql import SqlSource, sqlite_path


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
        ("mssql://anna:s3cr3t@127.0.0.1:1/x", "cannot be read"),
        ("postgresql://anna:s3cr3t@127.0.0.1:port/x", "URL cannot be read"),
        ("anna:s3cr3t", "URL cannot be read"),
        ("postgresql://anna:pa@s3cr3t@127.0.0.1:1/x", "more than one @"),
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
    names = [finding.settings["table"] for finding in findings]
    assert names == ["ANAGRAFICA CLIENTI", "note", "attivi"]
    assert [finding.what.split()[1] for finding in findings] == ["table", "table", "view"]
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


def test_a_server_s_tables_and_views_are_found(server: Server) -> None:
    view = f"{server.table}_view"
    server.run(
        f"create table {server.table} (name varchar(9))",
        f"create view {view} as select * from {server.table}",
    )
    found = [dict(finding.settings) for finding in SqlSource.find(server.url)]
    server.run(f"drop view {view}")
    assert {"url": server.url, "table": server.table} in found
    assert {"url": server.url, "table": view} in found


def test_a_view_of_what_is_no_more_hides_no_table(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("create view broken as select x from gone")
    found = [finding.settings["table"] for finding in SqlSource.find(str(database))]
    assert found == ["ANAGRAFICA CLIENTI", "note", "attivi"]


POSTGRES_VALUES = {
    "'infinity'::date": "infinity",
    "'0044-03-15 BC'::date": "0044-03-15 BC",
    "'2026-01-02 03:04:05+00'::timestamptz at time zone 'UTC'": "2026-01-02 03:04:05",
    "'24:00'::time": "24:00:00",
    "interval '26 hours'": "26:00:00",
    "true": "true",
    "12::smallint": "12",
    "9007199254740993::bigint": "9007199254740993",
    "'NaN'::numeric": "NaN",
    "12.50::numeric": "12.50",
    "0.1::float8": "0.1",
    "3::float8": "3",
    "array['a@x.it', null, 'b@x.it']": "a@x.it; b@x.it",
    "array[1, 2]": "1; 2",
    """'{"città": "Forlì"}'::jsonb""": '{"città": "Forlì"}',
    "'f47ac10b-58cc-4372-a567-0e02b2c3d479'::uuid": "f47ac10b-58cc-4372-a567-0e02b2c3d479",
    "'10.0.0.1'::inet": "10.0.0.1",
    "'\\xff00'::bytea": "ff00",
    "convert_to('Forlì', 'UTF8')": "Forlì",
    "B'101'": "101",
    "12.5::money": "$12.50",
    "'(1,2)'::point": "(1,2)",
    "' a '::char(5)": "a",
    "null::text": None,
}
MARIADB_VALUES = {
    "cast('2026-01-02' as date)": "2026-01-02",
    "cast('2026-01-02 03:04:05' as datetime)": "2026-01-02 03:04:05",
    "cast('26:00:00' as time)": "26:00:00",
    "cast(18446744073709551615 as unsigned)": "18446744073709551615",
    "cast(12.5 as decimal(10, 2))": "12.50",
    "x'ff00'": "ff00",
    "cast('Forlì' as binary)": "Forlì",
    """json_object('città', 'Forlì')""": '{"città": "Forlì"}',
    "true": "1",
    "'a\\0b'": "ab",
    "'100%'": "100%",
    "null": None,
}


def _values(url: str, expressions: Iterable[str]) -> list[str | None]:
    query = "select " + ", ".join(f"{e} as c{i}" for i, e in enumerate(expressions))
    (record,) = _records(list(SqlSource(url, query=query).read()))
    return list(record.values())


def test_every_type_of_postgresql_becomes_text(postgres: Server) -> None:
    read = _values(postgres.url, POSTGRES_VALUES)
    assert dict(zip(POSTGRES_VALUES, read, strict=True)) == POSTGRES_VALUES


def test_every_type_of_mariadb_becomes_text(mariadb: Server) -> None:
    read = _values(mariadb.url, MARIADB_VALUES)
    assert dict(zip(MARIADB_VALUES, read, strict=True)) == MARIADB_VALUES


def test_types_that_only_mariadb_has_become_text(mariadb: Server) -> None:
    mariadb.run(
        "set sql_mode = ''",
        f"create table {mariadb.table} (born date, year_of year, kind enum('a', 'b'), has set('x', 'y'), bits bit(3))",
        f"insert into {mariadb.table} values ('0000-00-00', 1980, 'b', 'x,y', b'101')",
    )
    (record,) = _records(list(SqlSource(mariadb.url, table=mariadb.table).read()))
    assert list(record.values()) == ["0000-00-00", "1980", "b", "x,y", "5"]


@pytest.mark.parametrize(
    "name",
    ["Anagrafica Clienti", 'a"b', "a`b", "select", "Città", "crm.2024", "100%", "a;b", "x'y"],
)
def test_odd_identifiers_are_read(server: Server, name: str) -> None:
    quoted = server.engine.dialect.identifier_preparer.quote_identifier(name).replace("%%", "%")
    create = f"create table {quoted} ({quoted} varchar(9) primary key)"
    with server.engine.begin() as connection:
        raw = connection.execution_options(no_parameters=True)
        raw.exec_driver_sql(create)
        raw.exec_driver_sql(f"insert into {quoted} values ('Anna')")
    try:
        batches = list(SqlSource(server.url, table=name).read())
    finally:
        with server.engine.begin() as connection:
            connection.execution_options(no_parameters=True).exec_driver_sql(f"drop table {quoted}")
    assert _records(batches) == [{name: "Anna"}]
    assert _locations(batches) == [f"{name} {name}=Anna"]


def test_a_schema_of_its_own_is_read_and_found(postgres: Server) -> None:
    schema = f'"Crm {postgres.table}"'
    postgres.run(f"create schema {schema}", f'create table {schema}."Clienti 2.0" ("Nome" text)')
    named = f"Crm {postgres.table}.Clienti 2.0"
    try:
        found = [finding.settings["table"] for finding in SqlSource.find(postgres.url)]
        (batch,) = SqlSource(postgres.url, table=named).read()
    finally:
        postgres.run(f"drop schema {schema} cascade")
    assert named in found
    assert batch.records.schema.names == ["Nome"]


def test_a_view_of_a_server_is_read(server: Server) -> None:
    view = f"{server.table}_view"
    server.run(
        f"create table {server.table} (name varchar(9))",
        f"insert into {server.table} values ('Anna')",
        f"create view {view} as select name as nome from {server.table}",
    )
    batches = list(SqlSource(server.url, table=view).read())
    server.run(f"drop view {view}")
    assert _records(batches) == [{"nome": "Anna"}]


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        ("postgres", "select pg_sleep(20)"),
        ("mariadb", "select sleep(20) from (select 1 union select 2) as x"),
        (
            "sqlite",
            "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n",
        ),
    ],
)
def test_a_statement_that_takes_too_long_is_ended(
    kind: str, query: str, database: Path, request: pytest.FixtureRequest
) -> None:
    url = _url(database) if kind == "sqlite" else request.getfixturevalue(f"{kind}_url")
    with pytest.raises(ConnectorError, match="took longer than 1 s") as caught:
        list(SqlSource(url, query=query, timeout=1).read())
    assert "timeout" in caught.value.remedy


def test_a_look_at_a_large_table_does_not_read_it_all(server: Server) -> None:
    many = {
        "postgresql": "select g, repeat('x', 200) from generate_series(1, 200000) g",
        "mysql": "select seq, repeat('x', 200) from seq_1_to_200000",
    }[server.kind]
    reading = SqlSource(server.url, query=many).read()
    first = next(reading)
    reading.close()  # type: ignore[attr-defined]
    assert first.records.num_rows == 20_000
    assert len(_records(list(SqlSource(server.url, query="select 1 as one").read()))) == 1


def test_a_name_in_other_capitals_is_found_where_only_one_is_meant(database: Path) -> None:
    (batch,) = SqlSource(_url(database), table="MOVIMENTI").read()
    assert batch.records.schema.names == ["a", "b"]


@pytest.mark.parametrize("timeout", [0, -1])
def test_a_time_out_is_a_number_of_seconds(timeout: int) -> None:
    with pytest.raises(ConfigError, match="timeout"):
        SqlSource("sqlite:///x.db", table="t", timeout=timeout)
