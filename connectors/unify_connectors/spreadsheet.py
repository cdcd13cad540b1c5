"""Spreadsheets: Excel (xlsx, xlsm, xls, xlsb) and OpenDocument (ods)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import ClassVar, Final

from unify.connector import Batch, Finding, files_at
from unify.errors import ConnectorError, did_you_mean
from unify_connectors.batches import Place, Stretch, batches
from unify_connectors.header import filled, has_email, header_row, numbered_names, unique_names
from unify_connectors.sheets import Block, PasswordNeeded, Workbook, is_spreadsheet, opened

SUFFIXES: Final = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")

_SAMPLE: Final = 200  # rows


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that holds records: its columns, the rows above them, and all its rows."""

    name: str
    columns: tuple[str, ...]
    rows_above: int
    blocks: Iterator[Block]


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
            with opened(file, sheet=self.sheet) as workbook:
                for sheet in _wanted_sheets(workbook, file, self.sheet):
                    yield from _records(sheet, file)

    @classmethod
    def find(cls, place: str) -> Iterable[Finding]:
        """A finding where a sheet holds a table; each such sheet is a part of it."""
        with suppress(ConnectorError, OSError, ValueError):
            file = Path(place)
            if not is_spreadsheet(file):
                return
            try:
                with opened(file, rows=_SAMPLE) as workbook:
                    names = [sheet.name for sheet in _sheets(workbook)]
            except PasswordNeeded as needed:
                yield Finding({"path": place}, needed.what, 0.5)
                return
            if names:
                sheets = "sheet" if len(names) == 1 else "sheets"
                what = f"spreadsheet, {sheets} {', '.join(names)}"
                yield Finding({"path": place}, what, 0.9, _parts(place, names))


def _parts(place: str, names: Sequence[str]) -> tuple[Finding, ...]:
    return tuple(
        Finding({"path": place, "sheet": name}, f"spreadsheet, sheet {name}", 0.9) for name in names
    )


def _unreadable(file: Path, what: str, remedy: str) -> ConnectorError:
    return ConnectorError(what, where=os.fspath(file), remedy=remedy)


def _wanted_sheets(workbook: Workbook, file: Path, name: str | None) -> Iterator[Sheet]:
    if name is not None and name not in workbook.names:
        raise _unreadable(file, f"there is no sheet '{name}'", did_you_mean(name, workbook.names))
    none_yet = True
    for sheet in _sheets(workbook):
        none_yet = False
        yield sheet
    if none_yet:
        raise _unreadable(
            file,
            f"sheet '{name}' holds no table" if name else "no sheet holds a table",
            "A table has a header row and at least two columns.",
        )


def _sheets(workbook: Workbook) -> Iterator[Sheet]:
    """The sheets that hold a table: two columns at least, or one of e-mail addresses."""
    for name, blocks in workbook.sheets:
        first = next(blocks, [])
        columns = [column.slice(0, _SAMPLE).to_pylist() for column in first]
        sample = [[str(cell) for cell in row] for row in zip(*columns, strict=True)]
        least = 1 if any(map(has_email, sample)) else 2
        if max(map(filled, sample), default=0) >= least:
            yield _sheet(name, sample, chain([first], blocks))


def _sheet(name: str, sample: Sequence[list[str]], blocks: Iterator[Block]) -> Sheet:
    header = header_row(sample)
    if header is None:
        return Sheet(name, numbered_names(len(sample[0])), 0, blocks)
    return Sheet(name, unique_names(sample[header]), header + 1, blocks)


def _records(sheet: Sheet, file: Path) -> Iterator[Batch]:
    place = Place(f"{file.name} [{sheet.name}] row", file, sheet.columns)
    yield from batches(_stretches(sheet), place)


def _stretches(sheet: Sheet) -> Iterator[Stretch]:
    import pyarrow as pa

    above, first = sheet.rows_above, 1
    for block in sheet.blocks:
        count = len(block[0])
        columns = [column.slice(above) for column in block]
        yield Stretch(columns, pa.array(range(first + above, first + count), pa.int64()))
        above, first = 0, first + count
