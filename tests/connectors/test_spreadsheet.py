from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from unify.connector import Batch
from unify.errors import ConnectorError
from unify_connectors.cell_text import as_text
from unify_connectors.kept_zeros import shown_number
from unify_connectors.spreadsheet import Spreadsheet

Rows = Sequence[Sequence[Any]]


def _write(file: Path, sheets: dict[str, Rows]) -> Path:
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy"}) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return file


def _batches(folder: Path, sheets: dict[str, Rows], sheet: str | None = None) -> list[Batch]:
    return list(Spreadsheet(_write(folder / "newsletter.xlsx", sheets), sheet).read())


def _locations(batches: list[Batch]) -> list[str]:
    return [location for batch in batches for location in batch.locations.to_pylist()]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        ("007", "007"),
        ("a\0b", "ab"),
        (393331234567.0, "393331234567"),
        (187.0, "187"),
        (-1.5, "-1.5"),
        (68.66499999999999, "68.665"),
        (True, "true"),
        (False, "false"),
        (7, "7"),
        (Decimal("12.50"), "12.50"),
        (Decimal("1E+3"), "1000"),
        (date(1980, 1, 31), "1980-01-31"),
        (datetime(1980, 1, 31), "1980-01-31"),
        (datetime(1980, 1, 31, 9, 30), "1980-01-31T09:30:00"),
        (time(9, 30), "09:30:00"),
        (timedelta(hours=26, minutes=5), "26:05:00"),
        (-timedelta(seconds=1.5), "-00:00:01.5"),
        (b"Forl\xc3\xac", "Forlì"),
        (b"\xff\x00", "ff00"),
        (["a@x.it", None, "b@x.it"], "a@x.it; b@x.it"),
        ({"città": "Forlì"}, '{"città": "Forlì"}'),
    ],
)
def test_a_cell_as_text(value: object, text: str | None) -> None:
    assert as_text(value) == text


def test_cells_come_as_a_person_reads_them(tmp_path: Path) -> None:
    header = ["Nome", "Cellulare", "CAP", "Nato", "Cliente", "Note"]
    row = [" Anna ", 393331234567, "00187", date(1980, 1, 31), True, None]
    (batch,) = _batches(tmp_path, {"Foglio1": [header, row]})
    assert batch.records.to_pylist() == [
        {
            "Nome": "Anna",
            "Cellulare": "393331234567",
            "CAP": "00187",
            "Nato": "1980-01-31",
            "Cliente": "true",
            "Note": None,
        }
    ]


def test_titles_above_the_header_and_blank_rows_are_no_records(tmp_path: Path) -> None:
    rows = [["Elenco 2026"], [], ["Nome", "Email"], ["Anna", "a@x.it"], [" "], ["Ugo", "u@x.it"]]
    batches = _batches(tmp_path, {"Foglio1": rows})
    assert _locations(batches) == [
        "newsletter.xlsx [Foglio1] row 4",
        "newsletter.xlsx [Foglio1] row 6",
    ]


def test_sheets_keep_their_own_columns(tmp_path: Path) -> None:
    sheets = {
        "Clienti": [["Nome", "Email"], ["Anna", "a@x.it"]],
        "Istruzioni": [["Compilare tutto"]],
        "Vuoto": [],
        "Fornitori": [["Ditta", "Email", "Email"], ["Bianchi", "b@x.it", "c@x.it"]],
    }
    batches = _batches(tmp_path, sheets)
    names = [batch.records.schema.names for batch in batches]
    assert names == [["Nome", "Email"], ["Ditta", "Email", "Email_2"]]


def test_one_sheet_alone(tmp_path: Path) -> None:
    sheets = {"A": [["Nome", "Email"], ["Anna", "a@x.it"]], "B": [["X", "Y"], ["1", "2"]]}
    assert _locations(_batches(tmp_path, sheets, "B")) == ["newsletter.xlsx [B] row 2"]


def test_rows_without_a_header_are_all_records(tmp_path: Path) -> None:
    rows = [["Anna", "a@x.it"], ["Ugo", "u@x.it"]]
    (batch,) = _batches(tmp_path, {"Foglio1": rows})
    assert batch.records.schema.names == ["column_1", "column_2"]
    assert batch.records.num_rows == 2


def test_a_header_without_rows_is_one_batch_without_records(tmp_path: Path) -> None:
    (batch,) = _batches(tmp_path, {"Foglio1": [["Nome", "Email"]]})
    assert (batch.records.num_rows, batch.records.schema.names) == (0, ["Nome", "Email"])


def test_a_sheet_that_is_not_there_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ConnectorError, match="no sheet 'Fogli1'") as caught:
        _batches(tmp_path, {"Foglio1": [["Nome", "Email"]]}, "Fogli1")
    assert "Foglio1" in caught.value.remedy


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html><table><tr><td>Nome</td></tr></table></html>", "damaged or no spreadsheet"),
        (b"PK\x03\x04" + b"\x00" * 200, "damaged or no spreadsheet"),
        (b"Nome\tEmail\nAnna\ta@x.it\n", "damaged or no spreadsheet"),
    ],
)
def test_a_file_that_is_no_spreadsheet_is_refused(
    tmp_path: Path, content: bytes, said: str
) -> None:
    file = tmp_path / "clienti.xls"
    file.write_bytes(content)
    with pytest.raises(ConnectorError, match=said) as caught:
        list(Spreadsheet(file).read())
    assert "clienti.xls" in str(caught.value)
    assert list(Spreadsheet.find(str(file))) == []


def test_a_spreadsheet_without_a_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConnectorError, match="no sheet holds a table"):
        _batches(tmp_path, {"Foglio1": [["Appunti"]]})


def test_the_content_counts_not_the_suffix(tmp_path: Path) -> None:
    file = _write(tmp_path / "clienti.xlsx", {"A": [["Nome", "Email"], ["Anna", "a@x.it"]]})
    renamed = file.rename(tmp_path / "clienti.xls")
    assert sum(batch.records.num_rows for batch in Spreadsheet(renamed).read()) == 1


def test_find_names_the_sheets(tmp_path: Path) -> None:
    file = _write(tmp_path / "a.xlsx", {"Clienti": [["Nome", "Email"]], "Note": [["x"]]})
    (finding,) = Spreadsheet.find(str(file))
    assert (finding.what, finding.confidence) == ("spreadsheet, sheet Clienti", 0.9)


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        (187, "00000", "00187"),
        (187.0, "00000;@", "00187"),
        (3331234567, '"+39" 000 0000000', "+39 333 1234567"),
        (123456789, "000-00-0000", "123-45-6789"),
        (612345678, "00\\ 00\\ 00\\ 00\\ 00", "06 12 34 56 78"),
        (12345678, "[$-410]00000", "12345678"),
        (7, "0", None),
        (7, "#,##0", None),
        (7, "0.00", None),
        (7, "dd/mm/yyyy", None),
        (7, "General", None),
        (7, "[<=9999999]000-0000;(000) 000-0000", None),
        (1.5, "00000", None),
        (-7, "00000", None),
    ],
)
def test_a_number_as_its_format_shows_it(number: float, code: str, shown: str | None) -> None:
    assert shown_number(number, code) == shown


def test_numbers_keep_the_zeros_of_their_format(tmp_path: Path) -> None:
    file = tmp_path / "clienti.xlsx"
    with xlsxwriter.Workbook(file) as workbook:
        sheet = workbook.add_worksheet("Elenco & altro")
        postcode = workbook.add_format({"num_format": "00000"})
        sheet.write_row(2, 1, ["Nome", "CAP", "Tel", "Saldo"])
        sheet.write_row(3, 1, ["Anna", 0, 393331234567, 12.5])
        sheet.write_number(3, 2, 187, postcode)
        sheet.write_row(4, 1, ["Ugo", 187, 3.3e11, 12])
    (batch,) = Spreadsheet(file).read()
    assert [list(row.values()) for row in batch.records.to_pylist()] == [
        ["Anna", "00187", "393331234567", "12.5"],
        ["Ugo", "187", "330000000000", "12"],
    ]


def test_a_cell_merged_downwards_is_said_of_all_its_rows(tmp_path: Path) -> None:
    file = tmp_path / "clienti.xlsx"
    with xlsxwriter.Workbook(file) as workbook:
        sheet = workbook.add_worksheet()
        sheet.merge_range(0, 0, 0, 2, "Elenco clienti")
        sheet.write_row(1, 0, ["Ditta", "Nome", "Email"])
        sheet.merge_range(2, 0, 4, 0, "Bianchi Srl")
        for row, name in enumerate(["Anna", "Ugo", "Ida"], start=2):
            sheet.write_row(row, 1, [name, f"{name.lower()}@x.it"])
        sheet.write_row(5, 0, ["", "Pia", "pia@x.it"])
    (batch,) = Spreadsheet(file).read()
    assert batch.records["Ditta"].to_pylist() == ["Bianchi Srl"] * 3 + [None]


def test_dates_count_from_the_year_that_the_workbook_says(tmp_path: Path) -> None:
    file = tmp_path / "clienti.xlsx"
    with xlsxwriter.Workbook(file, {"date_1904": True}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["Nome", "Nato"])
        sheet.write_string(1, 0, "Anna")
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_datetime(1, 1, datetime(1980, 1, 31), day)
    (batch,) = Spreadsheet(file).read()
    assert batch.records["Nato"].to_pylist() == ["1980-01-31"]


ODS_CELL = '<table:table-cell office:value-type="float" office:value="{0}"><text:p>{1}</text:p></table:table-cell>'
ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:automatic-styles>'
    '<number:number-style><number:number number:min-integer-digits="5"/></number:number-style>'
    '</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="A">{}'
    "</table:table></office:spreadsheet></office:body></office:document-content>"
)


def test_an_opendocument_number_keeps_its_zeros(tmp_path: Path) -> None:
    file = tmp_path / "clienti.ods"
    text = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = [
        text.format("Nome") + text.format("CAP") + text.format("Anno"),
        text.format("Anna") + ODS_CELL.format(187, "00187") + ODS_CELL.format(1980, "1.980"),
    ]
    content = ODS.format("".join(f"<table:table-row>{row}</table:table-row>" for row in rows))
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("styles.xml", "<office/>")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    (batch,) = Spreadsheet(file).read()
    assert [list(row.values()) for row in batch.records.to_pylist()] == [["Anna", "00187", "1980"]]


def _compound_file(*streams: str) -> bytes:
    """An OLE file of one FAT sector, one directory sector and empty streams of these names."""
    free, end = 0xFFFFFFFF, 0xFFFFFFFE
    header = struct.pack(
        "<8s16s5H10x3IIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, 1, 1, 0, 4096, end, 0, end, 0,
    )  # fmt: skip
    fat = struct.pack("<128I", 0xFFFFFFFD, end, *[free] * 126)
    names = [("Root Entry", 5), *((name, 2) for name in streams)]
    entries = b"".join(
        struct.pack(
            "<64sHBBIII16s4x16xIQ",
            name.encode("utf-16-le"), 2 * len(name) + 2, kind, 1, free, free,
            1 if kind == 5 else free, b"", end, 0,
        )
        for name, kind in names
    )  # fmt: skip
    return (header + struct.pack("<I", 0)).ljust(512, b"\xff") + fat + entries.ljust(512, b"\0")


def test_an_encrypted_spreadsheet_is_named_as_such(tmp_path: Path) -> None:
    file = tmp_path / "clienti.xlsx"
    file.write_bytes(_compound_file("EncryptionInfo", "EncryptedPackage"))
    with pytest.raises(ConnectorError, match="protected by a password"):
        list(Spreadsheet(file).read())
    (finding,) = Spreadsheet.find(str(file))
    assert finding.what == "the spreadsheet is protected by a password"


@pytest.mark.parametrize("name", ["clienti", "clienti.bin", "clienti.csv", "clienti.doc"])
def test_a_spreadsheet_is_found_by_its_content(tmp_path: Path, name: str) -> None:
    file = _write(tmp_path / "clienti.xlsx", {"A": [["Nome", "Email"], ["Anna", "a@x.it"]]})
    renamed = file.rename(tmp_path / name)
    (finding,) = Spreadsheet.find(str(renamed))
    assert finding.settings == {"path": str(renamed)}


def test_another_zip_is_no_spreadsheet(tmp_path: Path) -> None:
    file = tmp_path / "lettera.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert list(Spreadsheet.find(str(file))) == []


def test_many_rows_come_in_blocks_and_none_is_lost(tmp_path: Path) -> None:
    rows = [["Nome", "N"], *([f"Anna {n}", n] for n in range(12_001))]
    batches = _batches(tmp_path, {"A": rows})
    assert [row["N"] for b in batches for row in b.records.to_pylist()] == [
        str(n) for n in range(12_001)
    ]
    assert _locations(batches)[-1] == "newsletter.xlsx [A] row 12002"
