"""Files as other programs wrote them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.servers import Server

from unify_connectors.delimited import DelimitedText
from unify_connectors.outlook import OutlookExport
from unify_connectors.spreadsheet import Spreadsheet
from unify_connectors.sql import SqlSource

FORMATS = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "formats"
ROUNDCUBE = "contacts_roundcube/src/Csv2vcard"
THUNDERBIRD = "contacts_thunderbird/mailnews/import/test/unit/resources"
SPECTRUM = FORMATS / "csv_spectrum"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not FORMATS.is_dir(), reason="the real files are not on this machine"),
]


def _rows(file: str, **settings: bool) -> int:
    batches = list(DelimitedText(FORMATS / file, **settings).read())
    assert not any(batch.set_aside for batch in batches)
    return sum(batch.records.num_rows for batch in batches)


@pytest.mark.parametrize(
    ("file", "rows"),
    [
        (f"{ROUNDCUBE}/all.csv", 1),
        (f"{ROUNDCUBE}/email.csv", 4),
        (f"{ROUNDCUBE}/gmail.csv", 1),
        (f"{ROUNDCUBE}/outlook.csv", 1),
        (f"{ROUNDCUBE}/tb_plain.csv", 1),
        ("contacts_thunderbird/mail/components/addrbook/test/browser/data/import.csv", 1),
        ("contacts_thunderbird/mailnews/addrbook/test/unit/data/export.csv", 2),
        (f"{THUNDERBIRD}/basic_addressbook.csv", 1),
        (f"{THUNDERBIRD}/basic_csv_addressbook.csv", 2),
        (f"{THUNDERBIRD}/csv_semicolon.csv", 2),
        (f"{THUNDERBIRD}/quote.csv", 1),
        (f"{THUNDERBIRD}/shiftjis_addressbook.csv", 1),
        (f"{THUNDERBIRD}/utf16_addressbook.csv", 1),
    ],
)
def test_address_books_are_read_whole(file: str, rows: int) -> None:
    assert _rows(file) == rows


def test_an_address_book_without_a_header() -> None:
    assert _rows(f"{THUNDERBIRD}/csv_no_header.csv", header=False) == 2


def test_an_outlook_header_of_three_columns_is_enough_to_read() -> None:
    (batch,) = OutlookExport(FORMATS / ROUNDCUBE / "outlook.csv").read()
    assert {f.metadata[b"field"] for f in batch.records.schema} == {b"emails"}


# Of the set, `location_coordinates` expects another telephone number than its file holds.
@pytest.mark.parametrize(
    "file",
    sorted({f.stem for f in (SPECTRUM / "csvs").glob("*.csv")} - {"location_coordinates"}),
)
def test_csv_spectrum(file: str) -> None:
    expected = json.loads((SPECTRUM / "json" / f"{file}.json").read_text(encoding="utf-8"))
    (batch,) = DelimitedText(SPECTRUM / "csvs" / f"{file}.csv").read()
    read = [{k: v or "" for k, v in row.items()} for row in batch.records.to_pylist()]
    lines = [{k: v.replace("\r\n", "\n") for k, v in row.items()} for row in expected]
    assert read == lines


@pytest.mark.parametrize("folder", ["sheets_readxl", "sheets_xlrd", "metamodel", "frictionless"])
def test_spreadsheets_that_are_found_can_be_read(folder: str) -> None:
    places = [str(file) for file in sorted((FORMATS / folder).rglob("*.[xo][ld]s*"))]
    found = [finding for place in places for finding in Spreadsheet.find(place)]
    assert found
    for finding in found:
        for batch in Spreadsheet(Path(finding.settings["path"])).read():
            assert batch.records.num_rows == len(batch.locations)


def test_chinook_s_customers() -> None:
    file = next((FORMATS / "sql_chinook").rglob("*.sqlite"))
    tables = {finding.settings["table"] for finding in SqlSource.find(str(file))}
    batches = list(SqlSource(f"sqlite:///{file}", table="Customer").read())
    assert "Customer" in tables
    assert sum(batch.records.num_rows for batch in batches) == 59


def test_chinook_s_customers_are_the_same_from_each_server(server: Server) -> None:
    dump = {"postgresql": "Chinook_PostgreSql.sql", "mysql": "Chinook_MySql.sql"}[server.kind]
    written = (FORMATS / "sql_chinook" / dump).read_text(encoding="utf-8")
    for start in ("CREATE TABLE", "INSERT INTO"):
        (statement,) = re.findall(rf"^{start} `?customer`?\s.*?;$", written, re.I | re.M | re.S)
        named = re.sub(r"`?customer`?", server.table, statement, count=1, flags=re.I)
        named = named.replace("customer_pkey", f"{server.table}_pkey")
        with server.engine.begin() as connection:
            connection.exec_driver_sql(named.replace("%", "%%"))
    assert _people(server.url, server.table) == _people(
        f"sqlite:///{FORMATS / 'sql_chinook' / 'Chinook_Sqlite.sqlite'}", "Customer"
    )


def _people(url: str, table: str) -> list[tuple[str | None, ...]]:
    """Of each customer: names, place, phone, fax and e-mail."""
    tables = [batch.records for batch in SqlSource(url, table=table).read()]
    columns = ("firstname", "lastname", "company", "city", "postalcode", "phone", "fax", "email")
    found = [
        tuple({k.replace("_", "").lower(): v for k, v in row.items()}[name] for name in columns)
        for records in tables
        for row in records.to_pylist()
    ]
    assert len(found) == 59
    return sorted(found, key=str)
