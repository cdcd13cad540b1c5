"""Rows of delimited text: fast where it is well formed, row by row where it is not.

Arrow's reader takes a stretch of lines at once. Its result stands when it found the
rows that lines or quotation marks show: then the line of every row is known. Otherwise
Python's reader takes the stretch again, a row at a time.
"""

from __future__ import annotations

import csv
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, cast

from unify_connectors.batches import BadRow, Stretch, empty
from unify_connectors.header import filled
from unify_connectors.row_starts import LONGEST_ROW, end_of_pairs, row_starts
from unify_connectors.text_pieces import LONGEST_LINE

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    from unify_connectors.layout import Layout

    _SetApart = Callable[[arrow_csv.InvalidRow], Literal["skip"]]

NEVER_CLOSED: Final = "a quotation mark opens a cell and never closes it"

# Python's limit is set for short cells; an exported photo or a long note passes it.
csv.field_size_limit(3 * LONGEST_LINE)


class _Row(NamedTuple):
    """A row that was read by itself: its first line, its cells, its text."""

    line: int
    cells: list[str]
    text: str
    problem: str | None = None

    def reason_to_set_aside(self, width: int) -> str | None:
        """Why this is no row of so many columns, if it is none."""
        if len(self.cells) == width:
            return None
        if filled(self.cells[width:]):
            return self.problem or f"{len(self.cells)} cells where there are {width} columns"
        return self.problem

    def padded(self, width: int) -> list[str]:
        """Its cells, one a column."""
        missing = width - len(self.cells)
        return self.cells + [""] * missing if missing >= 0 else self.cells[:width]


class Lines:
    """The numbered lines of a text, piece by piece or one by one; some may be given back."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.number = 1
        self._pieces = pieces
        self._piece = b""
        self._at = 0

    def take(self) -> bytes:
        """What is left of the current piece, and the next one; nothing at the end."""
        taken = self._piece[self._at :] + next(self._pieces, b"")
        self._piece, self._at = b"", 0
        self.number += taken.count(b"\n")
        return taken

    def give_back(self, lines: bytes) -> None:
        """Have these lines come next again."""
        self._piece, self._at = lines + self._piece[self._at :], 0
        self.number -= lines.count(b"\n")

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._at == len(self._piece):
            self._piece, self._at = next(self._pieces), 0
        start, self._at = self._at, self._piece.index(b"\n", self._at) + 1
        self.number += 1
        return self._piece[start : self._at].decode()


class _NeverClosedError(Exception):
    """A quotation mark opens a cell and no later one closes it."""


def stretches(pieces: Iterator[bytes], layout: Layout) -> Iterator[Stretch]:
    """The rows below the header of a UTF-8 text that comes in pieces of whole lines."""
    lines = Lines(pieces)
    for _ in range(layout.lines_above):
        next(lines)
    while stretch := _next_stretch(lines, layout):
        yield stretch


def _next_stretch(lines: Lines, layout: Layout) -> Stretch | None:
    first = lines.number
    taken = lines.take()
    for end, starts in _shown_rows(taken, range(first, lines.number), layout):
        if stretch := _read_at_once(taken[:end], starts, layout):
            lines.give_back(taken[end:])
            return stretch
    lines.give_back(taken)
    return _read_row_by_row(lines, taken.count(b"\n"), layout) if taken else None


def _shown_rows(text: bytes, lines: range, layout: Layout) -> Iterator[tuple[int, Sequence[int]]]:
    """Where whole rows may end, and which of the lines begin them: all, or as quotation marks
    show.
    """
    if not layout.delimiter.isascii():
        return  # Arrow knows delimiters of one byte alone.
    if text and not _ends_within_a_row(text, layout):
        yield len(text), lines
    end = end_of_pairs(text)
    if end and (starts := row_starts(text[:end], layout.delimiter)):
        yield end, [lines.start + line for line in starts]


def _read_at_once(text: bytes, starts: Sequence[int], layout: Layout) -> Stretch | None:
    """The rows that begin in these lines; None if the text has other rows."""
    ragged: list[tuple[int, str]] = []
    columns = _parsed(text, layout, ragged)
    if len(columns[0]) + len(ragged) != len(starts):
        return None
    if not ragged:
        return Stretch(columns, _numbers(starts))
    apart = {index for index, _ in ragged}
    regular = _numbers(line for i, line in enumerate(starts) if i not in apart)
    mended = _stretch([_row(starts[i], written, layout) for i, written in ragged], layout)
    return _interleaved(Stretch(columns, regular), mended)


def _numbers(numbers: Iterable[int]) -> pa.Int64Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    if isinstance(numbers, range) and numbers.step == 1:
        ones = pa.repeat(pa.scalar(1, pa.int64()), len(numbers))
        return pc.cumulative_sum(ones, pa.scalar(numbers.start - 1, pa.int64()))
    # An array of C integers is converted at once, others one by one.
    return pa.array(array("q", numbers), pa.int64())


def _ends_within_a_row(text: bytes, layout: Layout) -> bool:
    last_line = text[text.rfind(b"\n", 0, -1) + 1 :]
    lines = Lines(iter([last_line]))
    (row,) = _rows_until(2, lines, layout)
    return row.problem is not None


def _row(line: int, text: str, layout: Layout) -> _Row:
    return _Row(line, next(csv.reader([text], delimiter=layout.delimiter)), text)


def _parsed(text: bytes, layout: Layout, ragged: list[tuple[int, str]]) -> list[pa.StringArray]:
    """The cells of all regular rows; the index and text of the others go to `ragged`."""
    import pyarrow as pa

    def set_apart(row: arrow_csv.InvalidRow) -> Literal["skip"]:
        ragged.append(((row.number or 0) - 1, row.text))
        return "skip"

    try:
        return _cells(text, layout, None)
    except pa.ArrowInvalid:
        # Arrow numbers rows as long as it does not work on columns side by side.
        return _cells(text, layout, set_apart)


def _cells(text: bytes, layout: Layout, set_apart: _SetApart | None) -> list[pa.StringArray]:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    names = [str(i) for i in range(len(layout.columns))]
    table = arrow_csv.read_csv(
        cast("Any", pa.BufferReader(text)),
        read_options=arrow_csv.ReadOptions(
            column_names=names, use_threads=set_apart is None, block_size=len(text) + 1
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=layout.delimiter,
            newlines_in_values=True,
            ignore_empty_lines=False,
            invalid_row_handler=set_apart,
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            strings_can_be_null=True,
            null_values=[""],
            check_utf8=False,
        ),
    )
    return [cast("pa.StringArray", column.combine_chunks()) for column in table.columns]


def _interleaved(one: Stretch, other: Stretch) -> Stretch:
    import pyarrow as pa
    import pyarrow.compute as pc

    lines = pa.concat_arrays([one.numbers, other.numbers])
    order = pc.sort_indices(lines)
    columns = [
        pa.concat_arrays(pair).take(order) for pair in zip(one.columns, other.columns, strict=True)
    ]
    return Stretch(columns, lines.take(order), one.bad + other.bad)


def _read_row_by_row(lines: Lines, count: int, layout: Layout) -> Stretch:
    """The rows that begin in the next `count` lines."""
    stop = lines.number + count
    rows: list[_Row] = []
    while lines.number < stop:
        rows.extend(_rows_until(stop, lines, layout))
    return _stretch(rows, layout)


def _rows_until(stop: int, lines: Lines, layout: Layout) -> Iterator[_Row]:
    """The rows that begin before line `stop`, or up to a cell that never closes."""
    first = lines.number
    taken: list[str] = []
    try:
        for cells in csv.reader(_feed(lines, taken), delimiter=layout.delimiter):
            yield _Row(first, cells, "".join(taken))
            taken.clear()
            first = lines.number
            if first >= stop:
                return
    except (_NeverClosedError, csv.Error):
        lines.give_back("".join(taken[1:]).encode())
        yield _unquoted_row(first, taken[0].rstrip("\n"), layout)


def _unquoted_row(line: int, text: str, layout: Layout) -> _Row:
    """The row that a line holds if quotation marks are letters like any other."""
    return _Row(line, text.split(layout.delimiter), text, NEVER_CLOSED)


def _feed(lines: Lines, taken: list[str]) -> Iterator[str]:
    """The lines, each added to the row's `taken` before."""
    size = 0
    for line in lines:
        taken.append(line)
        yield line
        size += len(line)
        if len(taken) == LONGEST_ROW or size > LONGEST_LINE:
            break
    raise _NeverClosedError


def _stretch(rows: Iterable[_Row], layout: Layout) -> Stretch:
    """Rows padded to the header's width; those with more cells than it are bad."""
    import pyarrow as pa

    width = len(layout.columns)
    judged = [(row, row.reason_to_set_aside(width)) for row in rows]
    good = [row for row, reason in judged if reason is None]
    bad = tuple(BadRow(row.line, reason, row.text.rstrip("\n")) for row, reason in judged if reason)
    columns = [
        pa.array(column, pa.string())
        for column in zip(*(row.padded(width) for row in good), strict=True)
    ]
    lines = pa.array([row.line for row in good], pa.int64())
    return Stretch(columns or empty(width).columns, lines, bad)
