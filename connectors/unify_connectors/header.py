"""Header rows: which row names the columns, and names that no two columns share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

_EMAIL: Final = re.compile(r"[^\s@]@[^\s@]+\.\w")
_LETTER: Final = re.compile(r"[^\W\d_]")
_PREAMBLE: Final = 20  # rows


def unique_names(cells: Iterable[str | None]) -> tuple[str, ...]:
    """The cells of a header row as column names: trimmed, `Email_2` for a repeated one,
    `column_3` for a blank one. Names that differ in case alone count as repeated.
    """
    names: list[str] = []
    taken: set[str] = set()
    for number, cell in enumerate(cells, start=1):
        written = " ".join((cell or "").split()) or f"column_{number}"
        name, copy = written, 1
        while name.casefold() in taken:
            copy += 1
            name = f"{written}_{copy}"
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def numbered_names(width: int) -> tuple[str, ...]:
    """`column_1`, `column_2`, … for rows without a header."""
    return unique_names([""] * width)


def header_row(rows: Sequence[Sequence[str]]) -> int | None:
    """The index of the row that names the columns; None where rows begin without one.

    Titles and notes above a header fill fewer cells than the rows below it, a row of
    column numbers has no words, and a row that holds an e-mail address is a record.
    """
    least = max(min(2, _typical(rows, filled)), _typical(rows, filled) / 2)
    full = [i for i, row in enumerate(rows) if filled(row) >= least and _has_word(row)]
    if not full or has_email(rows[full[0]]):
        return None
    return _wider_header(rows, full) or full[0]


def _wider_header(rows: Sequence[Sequence[str]], full: Sequence[int]) -> int | None:
    """The row of words as wide as the records, where what comes first is too narrow:
    `Company;Bianchi` above a header of ten columns.
    """
    width = _typical(rows, _extent)
    if _extent(rows[full[0]]) >= width:
        return None
    wide = (i for i in full[1:_PREAMBLE] if _extent(rows[i]) >= width)
    candidate = next(wide, None)
    return candidate if candidate is not None and _is_all_words(rows[candidate]) else None


def filled(row: Sequence[str]) -> int:
    """How many cells of a row hold something."""
    return sum(not is_blank(cell) for cell in row)


def has_email(row: Sequence[str]) -> bool:
    """Whether a cell holds an e-mail address."""
    return any("@" in cell and _EMAIL.search(cell) for cell in row)


def is_blank(cell: str) -> bool:
    """Whether a cell holds nothing but white space."""
    return not cell or cell.isspace()


def _typical(rows: Sequence[Sequence[str]], measure: Callable[[Sequence[str]], int]) -> int:
    """What nine rows in ten do not exceed: a few with cells too many must not count."""
    measured = sorted(size for row in rows if (size := measure(row)))
    return measured[(len(measured) - 1) * 9 // 10] if measured else 1


def _extent(row: Sequence[str]) -> int:
    """How many cells a row has without the blank ones at its end."""
    return max((i for i, cell in enumerate(row, start=1) if not is_blank(cell)), default=0)


def _has_word(row: Sequence[str]) -> bool:
    return any(_LETTER.search(cell) for cell in row)


def _is_all_words(row: Sequence[str]) -> bool:
    return not has_email(row) and all(is_blank(cell) or _LETTER.search(cell) for cell in row)
