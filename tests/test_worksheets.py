"""Spreadsheets: what is put into them stays text, letter by letter, and looks as it should."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from python_calamine import load_workbook

from tests.exports.golden import NASTY
from unify import worksheets
from unify.errors import ExportError
from unify.worksheets import Sheet, text_of, write

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
CELLS = (
    *NASTY,
    "+393331234567",
    "1e5",
    "2026-05-12",
    "TRUE",
    "http://a.it",
    "_x0041_",
    " a ",
    "\v",
)


def _sheet(*cells: str) -> Sheet:
    return Sheet("Customers", ["id", "value"], [(f"{n:04}", cell) for n, cell in enumerate(cells)])


def _part(file: Path, name: str) -> str:
    with zipfile.ZipFile(file) as parts:
        return parts.read(name).decode()


def test_every_cell_is_the_text_it_was(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", [_sheet(*CELLS)])
    rows = load_workbook(tmp_path / "a.xlsx").get_sheet_by_name("Customers").to_python()
    assert rows == [["id", "value"], *([f"{n:04}", cell] for n, cell in enumerate(CELLS))]
    assert "<f>" not in _part(tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_keeps_every_zero_and_starts_no_formula(tmp_path: Path) -> None:
    plain = [cell for cell in CELLS if cell.isprintable()]
    write(tmp_path / "a.xlsx", [_sheet(*plain)])
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "a.xlsx")], check=True, capture_output=True)
    rows = load_workbook(tmp_path / "a.ods").get_sheet_by_name("Customers").to_python()
    assert [row[1] for row in rows[1:]] == plain
    assert [row[0] for row in rows[1:]] == [f"{n:04}" for n in range(len(plain))]
    assert "table:formula" not in _part(tmp_path / "a.ods", "content.xml")


def test_the_header_is_frozen_and_filtered(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", [_sheet("x", "y")])
    sheet = _part(tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml")
    assert 'topLeftCell="A2"' in sheet
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:B3"/>' in sheet
    assert 'numberStoredAsText="1"' in sheet


def test_columns_show_their_values(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", [_sheet("x" * 20, "y" * 400)])
    sheet = _part(tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml")
    assert [float(w) // 1 for w in re.findall(r'<col [^>]*width="([\d.]+)"', sheet)] == [8, 48]


def test_a_sheet_without_rows_has_its_header(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", [Sheet("Customers", ["id"], [])])
    assert load_workbook(tmp_path / "a.xlsx").get_sheet_by_index(0).to_python() == [["id"]]


def test_what_no_cell_can_hold_is_cut_and_says_so(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", [_sheet("x" * 40_000)])
    cell = load_workbook(tmp_path / "a.xlsx").get_sheet_by_index(0).to_python()[1][1]
    assert len(cell) == worksheets.MOST_SIGNS
    assert cell.endswith("x… (cut: a cell holds no more)")


def test_more_rows_than_a_sheet_holds_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worksheets, "MOST_ROWS", 3)
    write(tmp_path / "a.xlsx", [_sheet(*"abc")])
    with pytest.raises(ExportError, match="no more than 3 rows"):
        write(tmp_path / "b.xlsx", [_sheet(*"abcd")])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        ([], None),
        ("007", "007"),
        (3, "3"),
        (0.999, "0.999"),
        (["crm", "erp"], "crm; erp"),
        ([{"value": "a@b.it", "label": "work"}, {"value": "c@d.it", "label": None}], "a@b.it; c@d.it"),
    ],
)  # fmt: skip
def test_a_value_as_a_cell_shows_it(value: object, text: str | None) -> None:
    assert text_of(value) == text
