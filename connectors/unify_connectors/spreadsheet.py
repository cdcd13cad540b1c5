"""Spreadsheets: Excel (xlsx, xlsm, xls, xlsb) and OpenDocument (ods)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from unify.connector import Batch, Finding, files_at, refuse_empty
from unify.errors import ConnectorError, did_you_mean
from unify_connectors.batches import LARGEST, Place, Stretch, batches
from unify_connectors.cell_text import as_text
from unify_connectors.header import filled, has_email, header_row, numbered_names, unique_names

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

SUFFIXES: Final = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")

_SAMPLE: Final = 200  # rows

Row = list[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that holds records: its columns, the rows above them, and all its rows."""

    name: str
    columns: tuple[str, ...]
    rows_above: int
    rows: Iterator[Row]


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """A spreadsheet (xlsx, xlsm, xls, xlsb, ods), a folder of them or a pattern.

    path: the file, folder or pattern.
    sheet: the sheet to read; every sheet that holds a table if not given.
    """

    path: Path
    sheet: str | None = None

    native_key: ClassVar[str | None] = None

    def read(self) -> Iterator[Batch]:
        """The rows below each sheet's header, with sheet and row as location."""
        for file in files_at(self.path, suffixes=SUFFIXES):
            with _opened(file) as workbook:
                for sheet in _wanted_sheets(workbook, file, self.sheet):
                    yield from _records(sheet, file)

    @classmethod
    def find(cls, place: str) -> Iterable[Finding]:
        """A finding where a sheet holds a table; each such sheet is a part of it."""
        file = Path(place)
        if file.suffix.lower() not in SUFFIXES:
            return
        with suppress(ConnectorError, OSError), _opened(file) as workbook:
            names = [sheet.name for sheet in _sheets(workbook)]
            if names:
                sheets = "sheet" if len(names) == 1 else "sheets"
                what = f"spreadsheet, {sheets} {', '.join(names)}"
                yield Finding({"path": place}, what, 0.9, _parts(place, names))


def _parts(place: str, names: Sequence[str]) -> tuple[Finding, ...]:
    return tuple(
        Finding({"path": place, "sheet": name}, f"spreadsheet, sheet {name}", 0.9) for name in names
    )


@contextmanager
def _opened(file: Path) -> Iterator[CalamineWorkbook]:
    """The workbook, whatever format its content has; an old `.xls` is often something else."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        refuse_empty(file)
        with file.open("rb") as stream:
            yield CalamineWorkbook.from_filelike(stream)
    except PasswordError as error:
        raise _unreadable(
            file, "the spreadsheet is protected by a password", "Save it without one."
        ) from error
    except CalamineError as error:
        raise _unreadable(
            file,
            f"the file is damaged or no spreadsheet ({error})",
            "Open it in Excel or LibreOffice and save it again as xlsx.",
        ) from error
    except OSError as error:
        raise _unreadable(
            file,
            f"the file cannot be read ({error.strerror})",
            "Check that it exists and that you may read it.",
        ) from error


def _unreadable(file: Path, what: str, remedy: str) -> ConnectorError:
    return ConnectorError(what, where=os.fspath(file), remedy=remedy)


def _wanted_sheets(workbook: CalamineWorkbook, file: Path, name: str | None) -> Iterator[Sheet]:
    if name is not None and name not in workbook.sheet_names:
        raise _unreadable(
            file, f"there is no sheet '{name}'", did_you_mean(name, workbook.sheet_names)
        )
    none_yet = True
    for sheet in _sheets(workbook, name):
        none_yet = False
        yield sheet
    if none_yet:
        raise _unreadable(
            file,
            f"sheet '{name}' holds no table" if name else "no sheet holds a table",
            "A table has a header row and at least two columns.",
        )


def _sheets(workbook: CalamineWorkbook, name: str | None = None) -> Iterator[Sheet]:
    """The sheets that hold a table: two columns at least, or one of e-mail addresses."""
    for sheet_name in workbook.sheet_names if name is None else [name]:
        rows = _rows(workbook, sheet_name)
        sample = list(islice(rows, _SAMPLE))
        least = 1 if any(map(has_email, sample)) else 2
        if max(map(filled, sample), default=0) >= least:
            yield _sheet(sheet_name, sample, rows)


def _rows(workbook: CalamineWorkbook, name: str) -> Iterator[Row]:
    for row in workbook.get_sheet_by_name(name).iter_rows():
        yield [as_text(cell) or "" for cell in row]


def _sheet(name: str, sample: Sequence[Row], rows: Iterator[Row]) -> Sheet:
    header = header_row(sample)
    if header is None:
        return Sheet(name, numbered_names(len(sample[0])), 0, chain(sample, rows))
    return Sheet(name, unique_names(sample[header]), header + 1, chain(sample, rows))


def _records(sheet: Sheet, file: Path) -> Iterator[Batch]:
    place = Place(f"{file.name} [{sheet.name}] row", file, sheet.columns)
    yield from batches(_stretches(sheet), place)


def _stretches(sheet: Sheet) -> Iterator[Stretch]:
    import pyarrow as pa

    numbered = islice(enumerate(sheet.rows, start=1), sheet.rows_above, None)
    while taken := list(islice(numbered, LARGEST)):
        numbers, rows = zip(*taken, strict=True)
        columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
        yield Stretch(columns, pa.array(numbers, pa.int64()))
