"""How a delimited text file is laid out: its delimiter, its header, where records begin."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from unify_connectors.header import filled, header_row, numbered_names, unique_names

DELIMITERS: Final = (",", ";", "\t", "|")
# Only believed where the usual ones part nothing, and these part all rows alike.
RARE_DELIMITERS: Final = ("^", "~", "¦", "\x1f", "\x01", "#", ":")
_COMMON_SIGNS: Final = "#:"
_EVEN_CELLS: Final = 6
SAMPLE_LINES: Final = 500

_SEP_LINE: Final = re.compile(r'"?sep=([^"\r\n])"?\s*', re.IGNORECASE | re.DOTALL)
_GOOD_FIT: Final = 0.8


@dataclass(frozen=True, slots=True)
class Layout:
    """A file's delimiter, the names of its columns, and the lines above its first record."""

    delimiter: str
    columns: tuple[str, ...]
    lines_above: int


@dataclass(frozen=True, slots=True)
class _Reading:
    """The first rows of a file as one delimiter reads them."""

    delimiter: str
    rows: Sequence[Sequence[str]]
    ends: Sequence[int]  # how many lines of the file each row's end has behind it
    header: int | None

    @property
    def start(self) -> int:
        return self.header if self.header is not None else 0

    @property
    def width(self) -> int:
        return len(self.rows[self.start]) if self.header is not None else self.usual_width()

    def usual_width(self) -> int:
        widths = Counter(len(row) for row in self.rows)
        return max(widths, key=lambda width: (widths[width], width))

    def is_even(self) -> bool:
        """Whether all rows from the header on have as many cells, and enough of them."""
        rows = self.rows[self.start :]
        least = 3 if self.delimiter in _COMMON_SIGNS else 2
        enough = self.width >= least and self.width * len(rows) >= _EVEN_CELLS
        return enough and {len(row) for row in rows} == {self.width}

    def fit(self) -> float:
        """The share of rows from the header on that have a cell for a column."""
        width = self.width
        rows = self.rows[self.start :]
        return sum(1 < len(row) <= width for row in rows) / len(rows)


def told_layout(lines: Sequence[str], delimiter: str | None, *, header: bool) -> Layout | None:
    """The layout that a file's first lines show; None where the header that
    `header` asks for is not there.
    """
    return _told_layout(tuple(lines), delimiter, header=header)


# Every kind of address book asks for the layout of the same file, one after another.
@lru_cache(maxsize=8)
def _told_layout(lines: tuple[str, ...], delimiter: str | None, *, header: bool) -> Layout | None:
    above, said = _sep_line(lines)
    known = delimiter or said
    readings = _readings(lines, (known,) if known else DELIMITERS, above, header=header)
    if not readings:
        return None
    best = max(readings, key=_preference)
    if best.width == 1 and not known:
        rare = _readings(lines, RARE_DELIMITERS, above, header=header)
        best = max([best, *filter(_Reading.is_even, rare)], key=lambda reading: reading.width)
    return _layout(best, above, header=header)


def records_in(lines: Sequence[str], layout: Layout) -> list[list[str]]:
    """The rows that a file's first lines hold below its header."""
    below = csv.reader(lines[layout.lines_above :], delimiter=layout.delimiter)
    return [row for row in below if filled(row)]


def _readings(
    lines: Sequence[str], delimiters: Sequence[str], above: int, *, header: bool
) -> list[_Reading]:
    read = (_read(lines[above:], choice, above, header=header) for choice in delimiters)
    return [reading for reading in read if reading]


def _sep_line(lines: Sequence[str]) -> tuple[int, str | None]:
    """Excel's first line `sep=;`: how many lines it takes, and the delimiter it says."""
    told = _SEP_LINE.fullmatch(lines[0]) if lines else None
    return (1, told[1]) if told else (0, None)


def _read(lines: Sequence[str], delimiter: str, above: int, *, header: bool) -> _Reading | None:
    reader = csv.reader(lines, delimiter=delimiter)
    numbered = [(row, above + reader.line_num) for row in reader if filled(row)]
    if not numbered:
        return None
    rows, ends = zip(*numbered, strict=True)
    return _Reading(delimiter, rows, ends, header_row(rows) if header else None)


def _preference(reading: _Reading) -> tuple[bool, int, float]:
    """A delimiter that fits nearly all rows, whose header comes early, with most columns."""
    fit = reading.fit()
    return fit >= _GOOD_FIT, -reading.start, fit * reading.width


def _layout(reading: _Reading, above: int, *, header: bool) -> Layout | None:
    if not header:
        return Layout(reading.delimiter, numbered_names(reading.width), above)
    if reading.header is None:
        return None
    names = unique_names(reading.rows[reading.header])
    return Layout(reading.delimiter, names, reading.ends[reading.header])
