"""Spreadsheets (.xlsx) that keep what is put into them. The only importer of their library.

Every cell is text, and formatted as text: no zero is lost, no formula starts, neither now nor
when somebody edits a cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from unify.errors import ExportError

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cells = Sequence[str | None]

MOST_ROWS: Final = 1_048_575  # under the header
MOST_SIGNS: Final = 32_767  # in a cell
_CUT: Final = "… (cut: a cell holds no more)"
_SAMPLE: Final = 200  # rows that tell how wide a column is
_NARROWEST, _WIDEST = 8, 48
# Text is taken for what it is, whatever it looks like.
_AS_TEXT: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of text: its name, the names of its columns, its rows."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Cells]


def write(target: Path, sheets: Iterable[Sheet]) -> None:
    """Write a spreadsheet whose headers are frozen and filtered.

    Raises ExportError for more rows than a sheet can hold, OSError where nothing can be written.
    """
    from xlsxwriter import Workbook

    # Rows wait in a folder of their own, so that nothing of them is left, however this ends.
    with TemporaryDirectory(
        prefix=f".{target.name}.", dir=target.parent, ignore_cleanup_errors=True
    ) as waiting:
        book = Workbook(str(target), {**_AS_TEXT, "tmpdir": waiting})
        text = book.add_format({"num_format": "@", "valign": "top"})
        header = book.add_format({"num_format": "@", "bold": True, "bottom": 1})
        for sheet in sheets:
            _fill(book.add_worksheet(sheet.name), sheet, text, header)
        _close(book)


def _close(book: Workbook) -> None:
    from xlsxwriter.exceptions import FileCreateError

    try:
        book.close()
    except FileCreateError as refused:
        raise OSError(*refused.args[0].args) from refused


def _fill(into: Worksheet, sheet: Sheet, text: Format, header: Format) -> None:
    rows = iter(sheet.rows)
    first = list(islice(rows, _SAMPLE))
    for place, width in enumerate(_widths(sheet.columns, first)):
        into.set_column(place, place, width, text)
    into.freeze_panes(1, 0)
    _write_row(into, 0, sheet.columns, header)
    last = 0
    for last, row in enumerate((row for part in (first, rows) for row in part), start=1):
        if last > MOST_ROWS:
            raise _too_long(sheet.name)
        _write_row(into, last, row, text)
    into.autofilter(0, 0, last, len(sheet.columns) - 1)
    into.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS + 1}"})


def _write_row(into: Worksheet, place: int, cells: Cells, form: Format) -> None:
    for column, cell in enumerate(cells):
        if cell:
            into.write_string(place, column, _fitting(cell), form)


def _fitting(cell: str) -> str:
    return cell if len(cell) <= MOST_SIGNS else cell[: MOST_SIGNS - len(_CUT)] + _CUT


def _widths(columns: Sequence[str], rows: Sequence[Cells]) -> list[int]:
    """How wide each column is, to show its name with the filter's sign and most of its values."""
    return [
        max(_NARROWEST, min(_WIDEST, max(len(name) + 4, *(_width(row[at]) for row in rows), 0)))
        for at, name in enumerate(columns)
    ]


def _width(cell: str | None) -> int:
    return max((len(line) + 1 for line in cell.splitlines()), default=0) if cell else 0


def _too_long(sheet: str) -> ExportError:
    return ExportError(
        f"a sheet holds no more than {MOST_ROWS:,} rows",
        where=sheet,
        remedy="Export as .csv or .parquet.",
    )


def text_of(value: Any) -> str | None:
    """A value as a cell shows it; the values of a list are joined by `; `."""
    if value is None or value == []:
        return None
    if isinstance(value, list):
        parts = (one["value"] if isinstance(one, dict) else one for one in value)
        return "; ".join(str(part) for part in parts)
    return str(value)
