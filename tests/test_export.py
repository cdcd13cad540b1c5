"""Exports of what is published, through the command line: forms, files, tables, refusals."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from python_calamine import load_workbook
from sqlalchemy import MetaData, Table, func, select, text

from tests.exports.golden import NASTY
from tests.projects import CRM, Project, made
from tests.servers import Server
from unify.database import Row, Shape, synchronise
from unify.errors import ConfigError, ExportError
from unify.export import export
from unify.exports.database_table import columns_of
from unify.exports.whole_file import whole_file

HEADER = "Id,Nome,Cognome,Azienda,Email,Tel,CAP,Note\n"


def _row(number: int, note: str) -> str:
    quoted = note.replace('"', '""')
    mail, phone = f"anna{number}@rossi{number}.it", f"035 6031{number:02}"
    return f'{number:04},Anna,Rossi{"abcdefghijklmnopqrstuvwxyz"[number]},,{mail},{phone},00186,"{quoted}"\n'


ROWS = HEADER + "".join(_row(n, note) for n, note in enumerate(NASTY))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Some customers with values that break what is careless; published."""
    project = made(tmp_path_factory.mktemp("export"), CRM, {"crm.csv": ROWS})
    project.run()
    return project


def exported(project: Project, to: object, table: str | None = None, force: bool = False) -> str:
    """Where an export in this process went."""
    return export(project.generations, str(to), table=table, language="it", force=force).where


def golden(project: Project) -> list[dict[str, Any]]:
    """The published Parquet file's rows."""
    return pq.read_table(project.golden / "golden_customers.parquet").to_pylist()


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_csv_and_parquet_are_the_published_files(
    published: Project, tmp_path: Path, form: str
) -> None:
    exported(published, tmp_path / f"a.{form}")
    expected = (published.golden / f"golden_customers.{form}").read_bytes()
    assert (tmp_path / f"a.{form}").read_bytes() == expected


def test_a_spreadsheet_shows_every_value_as_text(published: Project, tmp_path: Path) -> None:
    exported(published, tmp_path / "a.XLSX")
    names, *rows = load_workbook(tmp_path / "a.XLSX").get_sheet_by_name("Customers").to_python()
    shown = [dict(zip(names, row, strict=True)) for row in rows]
    assert {row["postcode"] for row in shown} == {"00186"}
    assert [row["notes"] for row in shown] == [row["notes"] or "" for row in golden(published)]
    assert {row["notes"] for row in shown} >= {"=1+1", "@SUM(A1)", "007"}
    assert {row["records"] for row in shown} == {"1"}


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("outlook.csv", b'\xef\xbb\xbf"Titolo"'),
        ("to-Outlook.csv", b'\xef\xbb\xbf"Titolo"'),
        ("a.vcf", b"BEGIN:VCARD\r\n"),
        ("a.csv", b"customer_id,"),
    ],
)
def test_the_form_is_told_by_the_name(
    published: Project, tmp_path: Path, name: str, start: bytes
) -> None:
    exported(published, tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(start)


def test_files_are_for_their_owner_alone_and_nothing_is_left_beside(
    published: Project, tmp_path: Path
) -> None:
    names = ("a.xlsx", "a.csv", "a.parquet", "a.vcf", "outlook.csv")
    for name in names:
        exported(published, tmp_path / name)
    assert {path.name for path in tmp_path.iterdir()} == set(names)
    if os.name == "posix":
        assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_a_file_that_is_there_is_written_over_by_force_alone(
    published: Project, tmp_path: Path
) -> None:
    target = tmp_path / "a.vcf"
    target.write_text("precious")
    with pytest.raises(ConfigError, match="there already"):
        exported(published, target)
    assert target.read_text() == "precious"
    exported(published, target, force=True)
    assert target.read_bytes().startswith(b"BEGIN:VCARD")


def test_what_fails_on_the_way_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_text("precious")
    with pytest.raises(ExportError, match="No space"), whole_file(target, force=True) as beside:
        beside.write_text("half")
        raise OSError(28, "No space left on device")
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert target.read_text() == "precious"


SECRET = "postgresql://u:secret@127.0.0.1/x"


@pytest.mark.skipif(sys.platform == "win32", reason="files cannot be limited there")
@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a.vcf"])
def test_a_disk_that_is_full_is_told_and_nothing_is_left(
    published: Project, tmp_path: Path, name: str
) -> None:
    import resource

    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, usual[1]))
    try:
        with pytest.raises(ExportError, match="cannot be written"):
            exported(published, tmp_path / name)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("to", "table", "said"),
    [
        ("a.pdf", None, "not told by its name"),
        ("postgresql:/u:secret@127.0.0.1/x", None, "not told by its name"),
        ("missing/a.csv", None, "no such folder"),
        ("folder.csv", None, "this is a folder"),
        ("a.csv", "t", "only a database has tables"),
        (SECRET, None, "no table is named"),
        (SECRET, "", "no table is named"),
        (SECRET, "t" * 60, "longer than"),
        ("mssql://u:secret@127.0.0.1/x", "t", "of the kind 'mssql'"),
        ("postgresql://u:secret@[::/x", "t", "cannot be read"),
        ("postgresql://u:p@secret@127.0.0.1/x", "t", "more than one @"),
    ],
)
def test_a_target_that_will_not_do_is_refused(
    published: Project, tmp_path: Path, to: str, table: str | None, said: str
) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(ConfigError, match=said) as refused:
        exported(published, to if "://" in to else tmp_path / to, table)
    assert "secret" not in str(refused.value)
    assert [path.name for path in tmp_path.iterdir()] == ["folder.csv"]


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("a.pdf", ".parquet, .vcf"),
        ("postgresql://u:${NOT_SET}@127.0.0.1/x --table t", "NOT_SET is not set"),
        ("outlook.csv --language xx", "in the language 'xx'"),
    ],
)
def test_wrong_usage_ends_with_2(published: Project, tmp_path: Path, to: str, said: str) -> None:
    config = str(published.folder / "unify.toml")
    done = Project(tmp_path).unify("-c", config, "export", "--to", *to.split())
    assert (done.code, done.stdout) == (2, "")
    assert said in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_what_it_wrote(published: Project, tmp_path: Path) -> None:
    config = str(published.folder / "unify.toml")
    done = Project(tmp_path).unify("-c", config, "export", "--to", "outlook.csv")
    assert (done.code, done.stderr) == (0, "")
    assert done.stdout == f"{len(NASTY)} customers are in outlook.csv.\n"
    assert (tmp_path / "outlook.csv").read_bytes().startswith(b'\xef\xbb\xbf"Title"')


def test_before_anything_is_published_the_next_step_is_told(tmp_path: Path) -> None:
    project = made(tmp_path, CRM, {"crm.csv": ROWS})
    done = project.unify("export", "--to", "a.csv")
    assert done.code == 1
    assert "unify match" in done.stderr


def test_a_server_that_does_not_answer_is_told_without_the_password(published: Project) -> None:
    url = "postgresql://unify:hush-%2Fhush@127.0.0.1:1/none"
    done = published.unify("export", "--to", url, "--table", "customers")
    assert done.code == 1
    assert (
        "postgresql+psycopg://unify:***@127.0.0.1:1/none: the table cannot be written"
        in done.stderr
    )
    assert "hush" not in done.stderr


# — tables —


def held(server: Server) -> list[dict[str, Any]]:
    """The rows of the server's table, lists read from their JSON."""
    with server.engine.connect() as connection:
        found = connection.execute(text(f"select * from {server.table}"))
        rows = [dict(row) for row in found.mappings()]
    for row in rows:
        for name in ("emails", "phones", "sources"):
            row[name] = json.loads(row[name]) if isinstance(row[name], str) else row[name]
    return sorted(rows, key=lambda row: row["customer_id"])


def url_of(server: Server) -> str:
    return server.engine.url.render_as_string(hide_password=False)


def test_a_server_s_table_equals_the_parquet_file(published: Project, server: Server) -> None:
    exported(published, url_of(server), server.table)
    assert held(server) == golden(published)
    exported(published, url_of(server), server.table)
    assert held(server) == golden(published)


def test_later_rows_are_updated_and_those_of_customers_that_are_gone_deleted(
    published: Project, server: Server
) -> None:
    exported(published, url_of(server), server.table)
    first = golden(published)[0]["customer_id"]
    server.run(
        f"alter table {server.table} add column seen varchar(10)",
        f"update {server.table} set seen = 'yes', full_name = 'Other'",
        f"update {server.table} set customer_id = 'C-GONE' where customer_id = '{first}'",
    )
    exported(published, url_of(server), server.table)
    rows = held(server)
    assert [row.pop("seen") for row in rows].count("yes") == len(rows) - 1
    assert rows == golden(published)


def test_a_table_of_another_shape_is_replaced_by_force_alone(
    published: Project, server: Server
) -> None:
    server.run(
        f"create table {server.table} (customer_id varchar(20))",
        f"insert into {server.table} values ('C-1')",
    )
    with pytest.raises(ConfigError, match="there already, and lacks the column 'kind'"):
        exported(published, url_of(server), server.table)
    for _ in range(2):
        exported(published, url_of(server), server.table, force=True)
        assert held(server) == golden(published)
        server.run(f"alter table {server.table} drop column kind")
    assert list(tables(server)) == [server.table]


@pytest.mark.parametrize("name", ["select", 'we"i`rd %s :x (1)', "Ünïcode"])
def test_a_table_may_have_any_name(published: Project, server: Server, name: str) -> None:
    name = f"{server.table}{name}"
    for _ in range(2):
        exported(published, url_of(server), name)
    assert list(tables(server)) == [name]
    exact = Table(name, MetaData(), autoload_with=server.engine)
    exact.drop(server.engine)


def test_readers_see_the_table_before_or_after(published: Project, server: Server) -> None:
    exported(published, url_of(server), server.table)
    customers = len(golden(published))
    server.run(f"delete from {server.table} where customer_id > 'C-M'")
    before = len(held(server))
    assert 0 < before < customers
    seen = []

    def watched() -> Iterator[Sequence[Row]]:
        yield golden(published)
        seen.append(len(held(server)))

    synchronise(url_of(server), of_shape(published, server), watched(), replace=False)
    assert seen == [before]
    assert len(held(server)) == customers


@pytest.mark.parametrize("columns", ["customer_id varchar(20)", None])
def test_what_fails_on_the_way_leaves_the_table_as_it_was(
    published: Project, server: Server, columns: str | None
) -> None:
    if columns:
        server.run(f"create table {server.table} ({columns})")
    else:
        exported(published, url_of(server), server.table)
    before = tables(server)

    def broken() -> Iterator[Sequence[Row]]:
        yield golden(published)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        synchronise(url_of(server), of_shape(published, server), broken(), replace=True)
    assert tables(server) == before


def test_a_value_that_the_database_refuses_is_not_shown(published: Project, server: Server) -> None:
    server.run(f"create table {server.table} (customer_id varchar(64) primary key)")
    for name in of_shape(published, server).columns[1:]:
        server.run(f"alter table {server.table} add column {name[0]} varchar(1)")
    with pytest.raises(ExportError, match="the table cannot be written") as refused:
        exported(published, url_of(server), server.table)
    assert "Rossi" not in str(refused.value)


def tables(server: Server) -> dict[str, int]:
    """The tables that begin with the server's table's name, and how many rows they have."""
    with server.engine.connect() as connection:
        found = MetaData()
        found.reflect(connection, only=lambda name, _: name.startswith(server.table))
        return {
            name: connection.scalar(select(func.count()).select_from(table)) or 0
            for name, table in found.tables.items()
        }


def of_shape(project: Project, server: Server) -> Shape:
    """The server's table as an export makes it."""
    return Shape(server.table, columns_of(list(golden(project)[0])))


def test_a_sqlite_file_s_table_equals_the_parquet_file(published: Project, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    for _ in range(2):
        assert exported(published, url, "main.customers").startswith("main.customers in sqlite:///")
    with closing(sqlite3.connect(tmp_path / "x.db")) as database:
        database.row_factory = sqlite3.Row
        rows = [dict(row) for row in database.execute("select * from customers order by 1")]
    lists = ("emails", "phones", "sources")
    assert [r | {n: json.loads(r[n]) for n in lists} for r in rows] == golden(published)
