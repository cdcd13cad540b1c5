from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from unify.connector import Batch
from unify.errors import ConnectorError
from unify_connectors.cell_text import as_text
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
