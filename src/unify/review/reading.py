"""Worksheets that come back: every row that has a token, wherever it stands now."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from unify.errors import WorksheetError
from unify.review import csv_text
from unify.review.sheet import FIXED, TOKEN
from unify.wording import wording

LANGUAGES: Final = ("en", "it")
HEADER_WITHIN: Final = 30
NEEDED: Final = (TOKEN, "decision")
Cells = Sequence[str]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a worksheet: where it stands, and what its known columns hold."""

    sheet: str
    row: int
    cells: Mapping[str, str]
    columns: Mapping[str, str]
    """known column → how it is headed, and its letter"""

    def place(self, column: str) -> str:
        """Where a cell stands, for people."""
        sheet = f"sheet {self.sheet}, " if self.sheet else ""
        return f"{sheet}row {self.row}, column {self.columns.get(column, column)}"


def read(file: Path) -> list[Line]:
    """The rows of a worksheet that have a token or a decision.

    Raises WorksheetError for a file that cannot be read, or holds no worksheet.
    """
    try:
        content = file.read_bytes()
    except OSError as refused:
        raise WorksheetError(
            f"the file cannot be read ({refused.strerror})", where=os.fspath(file)
        ) from refused
    lines = [line for name, rows in _sheets(file, content) for line in _lines(name, rows)]
    if not lines:
        raise WorksheetError(
            "this is no worksheet: no sheet has the columns 'decision' and 'token'",
            where=file.name,
            remedy="Give back the file that `unify review export` wrote; the hidden last column"
            " must stay.",
        )
    return lines


def _sheets(file: Path, content: bytes) -> Iterator[tuple[str, Iterable[Cells]]]:
    if not content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        try:
            yield "", csv_text.read(content, TOKEN)
        except csv.Error as broken:
            raise _unreadable(file) from broken
        return
    from python_calamine import CalamineWorkbook

    # The library's panics are no exceptions of Python's.
    try:
        book = CalamineWorkbook.from_path(os.fspath(file))
        sheets = [(name, book.get_sheet_by_name(name).to_python()) for name in book.sheet_names]
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as broken:
        if type(broken).__name__ == "Ended":
            raise
        raise _unreadable(file) from broken
    for name, rows in sheets:
        yield name, ([_text(cell) for cell in row] for row in rows)


def _unreadable(file: Path) -> WorksheetError:
    return WorksheetError(
        "the file is damaged, or is no spreadsheet",
        where=file.name,
        remedy="Open it, save it anew as .xlsx, .ods or .csv, and import that.",
    )


def _lines(sheet: str, rows: Iterable[Cells]) -> Iterator[Line]:
    known: dict[int, str] = {}
    columns: dict[str, str] = {}
    for number, row in enumerate(rows, start=1):
        if not known:
            heads = _heads(row)
            if set(NEEDED) <= set(heads.values()):
                known = heads
                columns = {
                    name: f"'{row[at].strip()}' ({_letter(at)})" for at, name in known.items()
                }
            elif number >= HEADER_WITHIN:
                return
            continue
        cells = {name: row[at].strip() if at < len(row) else "" for at, name in known.items()}
        if cells[TOKEN] or cells["decision"]:
            yield Line(sheet, number, cells, columns)


def _heads(row: Cells) -> dict[int, str]:
    """The known columns of a header row, in whatever language, each where it stands first."""
    names = {TOKEN: TOKEN}
    for language in LANGUAGES:
        words = wording(language)
        names |= {words.text("worksheet", name): name for name in FIXED}
    found: dict[int, str] = {}
    for at, cell in enumerate(row):
        name = names.get(" ".join(cell.split()).casefold())
        if name and name not in found.values():
            found[at] = name
    return found


def _letter(at: int) -> str:
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
