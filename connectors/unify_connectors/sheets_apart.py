"""Reads spreadsheets in a process of its own, so that a damaged one cannot harm the caller's.

    python -m unify_connectors.sheets_apart MEMORY

Takes from stdin, one after another, `(file, rows, seconds, sheet or None)`, and writes to stdout
`("sheets", [name, ...])`, then for each sheet `("sheet", name)` and `("rows", count, [column])`,
block after block (the first rows alone if `rows` is not 0), every column a pair of bytes as Arrow
keeps text; at last `("end",)`, or `("refused", kind, what)`. Messages are written as Python's
marshal does, behind their length.
"""

from __future__ import annotations

import gc
import marshal
import sys
import time
import zipfile
from array import array
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import accumulate, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from unify_connectors.cell_text import as_text
from unify_connectors.kept_zeros import Cells, KeptZeros, shown_number

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_SIZE: Final = 8  # bytes, of the length of a message
AT_ONCE: Final = 5_000  # rows
LARGEST: Final = 2_000_000_000  # bytes, unfolded


def main(memory: int) -> None:
    """Tell the sheets and rows of one file after another, within some memory."""
    _limit("RLIMIT_AS", memory)
    gc.disable()  # Rows come and go; nothing here holds itself.
    with suppress(BrokenPipeError):
        while asked := heard(sys.stdin.buffer):
            _answer(*asked)


def said(message: tuple[Any, ...]) -> bytes:
    """A message as it is sent."""
    # The second version is the last that does not look for what it has written before.
    written = marshal.dumps(message, 2)
    return len(written).to_bytes(_SIZE) + written


def heard(stream: IO[bytes]) -> tuple[Any, ...] | None:
    """The next message; None where there is none any more."""
    size = int.from_bytes(stream.read(_SIZE))
    try:
        message: tuple[Any, ...] = marshal.loads(stream.read(size))
    except (EOFError, ValueError, TypeError):
        return None
    return message


def _answer(file: str, rows: int, seconds: int, sheet: str | None) -> None:
    _limit("RLIMIT_CPU", int(time.process_time()) + seconds)
    try:
        for message in _told(Path(file), rows, sheet):
            _say(message)
        _say(("end",))
    except BrokenPipeError:
        raise
    except BaseException as error:  # The library's panics are no ordinary exceptions.
        _say(("refused", *_refusal(error)))


def _say(message: tuple[Any, ...]) -> None:
    sys.stdout.buffer.write(said(message))
    sys.stdout.buffer.flush()


def _limit(what: str, most: int) -> None:
    """Bound work or memory, where the system can."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        kind = getattr(resource, what)
        resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


def _refusal(error: BaseException) -> tuple[str, str]:
    from python_calamine import PasswordError

    if isinstance(error, PasswordError):
        return "password", ""
    if isinstance(error, MemoryError):
        return "memory", ""
    return "damaged", (str(error).strip().splitlines() or [type(error).__name__])[0]


def _told(file: Path, limit: int, wanted: str | None) -> Iterator[tuple[Any, ...]]:
    from python_calamine import CalamineWorkbook

    _refuse_bombs(file)
    with file.open("rb") as stream:
        workbook = CalamineWorkbook.from_filelike(stream)
    yield "sheets", list(workbook.sheet_names)
    zeros = KeptZeros(file)
    for name in workbook.sheet_names if wanted is None else [wanted]:
        if name in workbook.sheet_names:
            yield "sheet", name
            yield from _blocks(workbook, name, zeros, limit)


def _refuse_bombs(file: Path) -> None:
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(file) as archive:
        unfolded = sum(entry.file_size for entry in archive.infolist())
        if unfolded > LARGEST:
            raise MemoryError


def _blocks(
    workbook: CalamineWorkbook, name: str, zeros: KeptZeros, limit: int
) -> Iterator[tuple[Any, ...]]:
    sheet = workbook.get_sheet_by_name(name)
    first_column = sheet.start[1] if sheet.start else 0
    formats = _by_column(zeros.of(name), first_column)
    merges = Merges.of(sheet, first_column)
    rows, first = sheet.iter_rows(), 0
    while taken := list(islice(rows, limit or AT_ONCE)):
        columns: list[Sequence[str]] = []
        for number, cells in enumerate(zip(*taken, strict=True)):
            texts = _texts(cells)
            if number in formats:
                texts = _shown(cells, texts, formats[number], first)
            columns.append(merges.filled(number, texts, first))
        yield "rows", len(taken), list(map(_packed, columns))
        first += len(taken)
        if limit:
            break


def _packed(texts: Sequence[str]) -> tuple[bytes, bytes]:
    """A column as Arrow keeps it: where each text begins, and all texts in one."""
    joined = "".join(texts)
    if joined.isascii():
        return array("i", accumulate(map(len, texts), initial=0)).tobytes(), joined.encode()
    written = [text.encode(errors="replace") for text in texts]
    return array("i", accumulate(map(len, written), initial=0)).tobytes(), b"".join(written)


def _by_column(formats: Cells, first: int) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    for (row, column), code in formats.items():
        found.setdefault(column - first, {})[row] = code
    return found


def _texts(cells: Sequence[Any]) -> Sequence[str]:
    """A column's cells as text; most columns are text or numbers alone."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        return cells
    if kinds == {float} and all(map(float.is_integer, cells)):
        return list(map(str, map(int, cells)))
    if kinds <= {str, float}:
        return [
            c if c.__class__ is str else str(int(c)) if c.is_integer() else f"{c:.15g}"
            for c in cells
        ]
    return [as_text(cell) or "" for cell in cells]


def _shown(
    cells: Sequence[Any], texts: Sequence[str], formats: dict[int, str], first: int
) -> list[str]:
    """Numbers as their format shows them."""
    shown = list(texts)
    for number, cell in enumerate(cells, start=first):
        if number in formats and isinstance(cell, int | float):
            at = number - first
            shown[at] = shown_number(cell, formats[number]) or shown[at]
    return shown


@dataclass
class Merges:
    """Cells that are merged over several rows: what stands in the first is said of them all."""

    by_column: dict[int, list[tuple[int, int]]]
    """The first row and the last of each, the last first."""
    _text: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, sheet: CalamineSheet, first_column: int) -> Merges:
        """Those of a sheet."""
        found: dict[int, list[tuple[int, int]]] = {}
        for (top, left), (bottom, _) in sorted(sheet.merged_cell_ranges or [], reverse=True):
            if bottom > top and left >= first_column:
                found.setdefault(left - first_column, []).append((top, bottom))
        return cls(found)

    def filled(self, column: int, texts: Sequence[str], first: int) -> Sequence[str]:
        """The column of a block whose first row is `first`, with what was merged over its cells."""
        waiting = self.by_column.get(column)
        if not waiting:
            return texts
        filled, end = list(texts), first + len(texts)
        while waiting and waiting[-1][0] < end:
            top, bottom = waiting[-1]
            if top >= first:
                self._text[column] = filled[top - first]
            for row in range(max(top, first), min(bottom + 1, end)):
                filled[row - first] = filled[row - first] or self._text.get(column, "")
            if bottom >= end:
                break
            waiting.pop()
        return filled


if __name__ == "__main__":
    main(int(sys.argv[1]))
