"""What every installed connector promises, on three contacts in the form it reads."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dbf
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from unify.connector import Batch, Connector, installed, load, read
from unify.errors import ConnectorError
from unify_connectors.record_layout import FixedField

CONTACTS = (
    ("Nicolò", "Bianchi", "nicolo.bianchi@example.com"),
    ("Anna", "D’Amico", "anna.damico@example.com"),
    ("Zoë", "Größ", "zoe@example.com"),
)


@dataclass(frozen=True)
class Sample:
    """A source of the three contacts: its file's name, how it is written, what reads it."""

    file: str
    write: Callable[[Path], None]
    settings: Callable[[Path], Mapping[str, Any]]


def _by_path(file: Path) -> Mapping[str, Any]:
    return {"path": file}


def _by_url(file: Path) -> Mapping[str, Any]:
    return {"url": f"sqlite:///{file}", "table": "contacts"}


def _write_text(file: Path) -> None:
    rows = [("Nome", "Cognome", "Email"), *CONTACTS]
    file.write_text("".join(";".join(row) + "\n" for row in rows), encoding="utf-8")


def _writes(*header: str) -> Callable[[Path], None]:
    """What writes the contacts as CSV below such a header."""

    def write(file: Path) -> None:
        rows = [header, *CONTACTS]
        file.write_text("".join(",".join(row) + "\n" for row in rows), encoding="cp1252")

    return write


def _write_spreadsheet(file: Path) -> None:
    with xlsxwriter.Workbook(file) as workbook:
        sheet = workbook.add_worksheet()
        for row, cells in enumerate([("Nome", "Cognome", "Email"), *CONTACTS]):
            sheet.write_row(row, 0, cells)


def _write_vcards(file: Path) -> None:
    cards = [
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:{family};{given};;;\r\nEMAIL:{email}\r\nEND:VCARD\r\n"
        for given, family, email in CONTACTS
    ]
    file.write_text("".join(cards), encoding="utf-8", newline="")


def _write_ldif(file: Path) -> None:
    entries = [
        f"dn: mail={email}\nobjectClass: inetOrgPerson\ngivenName: {given}\nsn: {family}\nmail: {email}\n"
        for given, family, email in CONTACTS
    ]
    file.write_text("\n".join(entries), encoding="utf-8")


def _write_json(file: Path) -> None:
    names = ("given", "family", "email")
    rows = [json.dumps(dict(zip(names, contact, strict=True))) for contact in CONTACTS]
    file.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")


def _write_parquet(file: Path) -> None:
    columns = [pa.array(column) for column in zip(*CONTACTS, strict=True)]
    pq.write_table(pa.table(columns, names=["given", "family", "email"]), file)


def _write_database(file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute("create table contacts (given text, family text, email text primary key)")
    connection.executemany("insert into contacts values (?, ?, ?)", CONTACTS)
    connection.commit()
    connection.close()


FIELDS = (FixedField("NOME", 1, 20), FixedField("COGNOME", 21, 20), FixedField("EMAIL", 41, 40))


def _write_fixed_width(file: Path) -> None:
    rows = [f"{given:<20}{family:<20}{email:<40}" for given, family, email in CONTACTS]
    file.write_bytes("".join(rows).encode("cp1252"))


def _laid_out(file: Path) -> Mapping[str, Any]:
    return {"path": file, "layout": FIELDS, "encoding": "cp1252"}


def _write_dbase(file: Path) -> None:
    table = dbf.Table(str(file), "NOME C(20); COGNOME C(20); EMAIL C(40)", codepage="cp1252")
    with table.open(dbf.READ_WRITE):
        for contact in CONTACTS:
            table.append(contact)


# Three columns do not show which program wrote a text file, and no file of fixed width its layout.
NOT_FOUND = {"fixed_width", "google", "outlook", "thunderbird", "windows_live", "yahoo"}

SAMPLES = {
    "csv": Sample("crm.csv", _write_text, _by_path),
    "google": Sample(
        "google.csv", _writes("First Name", "Last Name", "E-mail 1 - Value"), _by_path
    ),
    "outlook": Sample(
        "outlook.csv", _writes("Nome", "Cognome", "Indirizzo posta elettronica"), _by_path
    ),
    "thunderbird": Sample(
        "thunderbird.csv", _writes("Nome", "Cognome", "E-mail primaria"), _by_path
    ),
    "windows_live": Sample(
        "live.csv", _writes("Nome", "Cognome", "Indirizzo di posta elettronica"), _by_path
    ),
    "yahoo": Sample("yahoo.csv", _writes("First", "Last", "Email"), _by_path),
    "spreadsheet": Sample("newsletter.xlsx", _write_spreadsheet, _by_path),
    "sql": Sample("gestionale.db", _write_database, _by_url),
    "dbase": Sample("clienti.dbf", _write_dbase, _by_path),
    "fixed_width": Sample("clienti.dat", _write_fixed_width, _laid_out),
    "json": Sample("people.jsonl", _write_json, _by_path),
    "parquet": Sample("people.parquet", _write_parquet, _by_path),
    "ldif": Sample("book.ldif", _write_ldif, _by_path),
    "vcard": Sample("phone.vcf", _write_vcards, _by_path),
}


# Nothing but Outlook writes these; test_msg.py reads real ones.
UNWRITTEN = {"msg"}


@pytest.fixture(params=sorted(set(installed()) - UNWRITTEN))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def sample(name: str) -> Sample:
    if name not in SAMPLES:
        pytest.fail(f"the connector '{name}' has no sample: add one to SAMPLES")
    return SAMPLES[name]


@pytest.fixture
def source(sample: Sample, tmp_path: Path) -> Path:
    file = tmp_path / sample.file
    sample.write(file)
    return file


def _connector(name: str, sample: Sample, file: Path) -> Connector:
    return load(name, where="test")(**sample.settings(file))


def _read(name: str, sample: Sample, file: Path) -> list[Batch]:
    return list(_connector(name, sample, file).read())


def test_every_connector_is_one(name: str, sample: Sample, source: Path) -> None:
    assert isinstance(_connector(name, sample, source), Connector)


def test_nothing_is_lost(name: str, sample: Sample, source: Path) -> None:
    batches = _read(name, sample, source)
    values = {v for b in batches for row in b.records.to_pylist() for v in row.values()}
    assert sum(b.records.num_rows for b in batches) == len(CONTACTS)
    assert {value for contact in CONTACTS for value in contact} <= values
    assert not any(b.set_aside for b in batches)


def test_all_columns_are_text(name: str, sample: Sample, source: Path) -> None:
    kinds = {field.type for b in _read(name, sample, source) for field in b.records.schema}
    assert kinds == {pa.string()}


def test_every_record_has_a_location_of_its_own(name: str, sample: Sample, source: Path) -> None:
    batches = _read(name, sample, source)
    locations = [location for b in batches for location in b.locations.to_pylist()]
    assert len(set(locations)) == len(locations) == len(CONTACTS)


def test_reading_twice_gives_the_same(name: str, sample: Sample, source: Path) -> None:
    assert _read(name, sample, source) == _read(name, sample, source)


def test_what_it_never_learnt_changes_nothing(name: str, sample: Sample, source: Path) -> None:
    learnt = {"encoding": "cp1252", "of another connector": "any"}
    assert list(read(_connector(name, sample, source), learnt)) == _read(name, sample, source)


def test_the_source_stays_as_it_is(name: str, sample: Sample, source: Path) -> None:
    before = source.read_bytes()
    _read(name, sample, source)
    assert source.read_bytes() == before
    assert list(source.parent.iterdir()) == [source]


def test_a_missing_source_is_named(name: str, sample: Sample, tmp_path: Path) -> None:
    file = tmp_path / sample.file
    with pytest.raises(ConnectorError, match="no such file") as caught:
        _read(name, sample, file)
    assert sample.file in str(caught.value)
    assert caught.value.exit_code == 5
    assert not file.exists()


def test_a_file_of_no_bytes_is_refused(name: str, sample: Sample, tmp_path: Path) -> None:
    file = tmp_path / sample.file
    file.touch()
    with pytest.raises(ConnectorError, match="0 bytes") as caught:
        _read(name, sample, file)
    assert sample.file in str(caught.value)


def test_what_is_found_can_be_read(name: str, sample: Sample, source: Path) -> None:
    findings = list(load(name, where="test").find(str(source)))
    assert len(findings) == (0 if name in NOT_FOUND else 1)
    for finding in findings:
        settings = {k: Path(v) if k == "path" else v for k, v in finding.settings.items()}
        assert list(load(name, where="test")(**settings).read()) == _read(name, sample, source)


@pytest.mark.parametrize("place", ["", "missing.csv", "missing.xlsx", ".", "https://example.com/x"])
def test_nothing_is_found_where_nothing_is(name: str, place: str) -> None:
    assert list(load(name, where="test").find(place)) == []


@pytest.mark.parametrize("file", ["noise.csv", "noise.xlsx", "noise.db", "noise.txt"])
def test_noise_is_no_finding_and_no_exception(name: str, file: str, tmp_path: Path) -> None:
    (tmp_path / file).write_bytes(b"PK\x03\x04" + bytes(range(256)) * 20)
    assert list(load(name, where="test").find(str(tmp_path / file))) == []
