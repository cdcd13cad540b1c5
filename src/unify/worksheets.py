"""Spreadsheets (.xlsx) that keep what is put into them. The only importer of their library.

Every cell is text, and formatted as text: no zero is lost, no formula starts, neither now nor
when somebody edits a cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice
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


Run = tuple[str, bool]
Rich = Sequence[Run]
"""A cell in runs of letters, each of which differs from others or does not."""


@dataclass(frozen=True, slots=True)
class Form:
    """A sheet that people fill in: bands of rows, cells to write in, a choice, a hidden column."""

    name: str
    columns: Sequence[str]
    bands: Iterable[Sequence[Sequence[Rich]]]
    """Rows of one colour."""
    open: Sequence[int]
    """The columns that may be edited."""
    choice: int
    """The column with a drop-down."""
    choices: Sequence[str]
    hidden: int
    wide: Sequence[int]
    """Columns whose text is wrapped."""


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of text to be read: its name, its lines."""

    name: str
    lines: Sequence[str]


def write_form(target: Path, form: Form, page: Page) -> None:
    """Write a form, protected without a password but for its open columns, and a page beside it.

    Raises ExportError for more rows than a sheet can hold, OSError where nothing can be written.
    """
    from xlsxwriter import Workbook

    with TemporaryDirectory(
        prefix=f".{target.name}.", dir=target.parent, ignore_cleanup_errors=True
    ) as waiting:
        book = Workbook(str(target), {**_AS_TEXT, "tmpdir": waiting})
        _fill_form(book, book.add_worksheet(form.name), form)
        read = book.add_worksheet(page.name)
        read.set_column(0, 0, 120, book.add_format({"text_wrap": True, "valign": "top"}))
        read.hide_gridlines(2)
        title = book.add_format({"bold": True, "font_size": 14})
        for place, line in enumerate(page.lines):
            if line:
                read.write_string(place, 0, line, *([] if place else [title]))
        read.protect()
        _close(book)


_SHADES: Final = ("#FFFFFF", "#EAF1F8")
_WRITABLE: Final = "#FFF8DC"
_DIFFERS: Final = "#C00000"


def _fill_form(book: Workbook, into: Worksheet, form: Form) -> None:
    header = book.add_format(
        {"num_format": "@", "bold": True, "bottom": 1, "bg_color": "#D9E2EC", "valign": "top"}
    )
    red = book.add_format({"font_color": _DIFFERS, "bold": True})
    plain = book.add_format({})
    looks = {
        (shade, first, free, wrap): book.add_format(
            {
                "num_format": "@", "valign": "top", "locked": not free, "text_wrap": wrap,
                "bg_color": _WRITABLE if free else _SHADES[shade],
                **({"top": 1, "top_color": "#8899AA"} if first else {}),
            }
        )
        for shade in (0, 1) for first in (False, True)
        for free in (False, True) for wrap in (False, True)
    }  # fmt: skip
    bands = iter(form.bands)
    ahead = list(islice(bands, _SAMPLE))
    sample = [["".join(t for t, _ in cell) for cell in row] for band in ahead for row in band]
    for place, width in enumerate(_widths(form.columns, sample)):
        into.set_column(place, place, 60 if place in form.wide else min(width, 32))
    into.set_column(form.hidden, form.hidden, None, None, {"hidden": True})
    into.freeze_panes(1, 3)
    _write_row(into, 0, form.columns, header)
    last = 0
    for number, band in enumerate(chain(ahead, bands)):
        for at, row in enumerate(band):
            last += 1
            if last > MOST_ROWS:
                raise _too_long(form.name)
            for column, cell in enumerate(row):
                look = looks[number % 2, at == 0, column in form.open, column in form.wide]
                _write_rich(into, last, column, cell, look, red, plain)
    into.autofilter(0, 0, max(last, 1), len(form.columns) - 1)
    into.data_validation(
        1, form.choice, max(last, 1), form.choice,
        {"validate": "list", "source": list(form.choices), "ignore_blank": True},
    )  # fmt: skip
    into.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS + 1}"})
    into.protect(
        "", {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True}
    )


def _write_rich(
    into: Worksheet, row: int, column: int, cell: Rich, look: Format, red: Format, plain: Format
) -> None:
    text = _fitting("".join(letters for letters, _ in cell))
    differing = [differs for letters, differs in cell if letters]
    if not text:
        into.write_blank(row, column, None, look)
    elif not any(differing) or len(text) == MOST_SIGNS:
        into.write_string(row, column, text, look)
    else:
        runs: list[Any] = []
        for letters, differs in cell:
            runs += [red if differs else plain, letters]
        if len(differing) == 1:
            # Rich text begins where there are two runs: an empty one will not do.
            half = max(1, len(text) // 2)
            runs = [red, text[:half], red, text[half:]] if len(text) > 1 else []
        if not runs or into.write_rich_string(row, column, *runs, look):
            into.write_string(row, column, text, look)


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
