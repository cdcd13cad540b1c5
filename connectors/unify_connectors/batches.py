"""Stretches of rows as batches of records: trimmed, blanks null, blank rows left out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from unify.connector import Batch, SetAside
from unify_connectors.header import unique_names

if TYPE_CHECKING:
    import pyarrow as pa

    Text = pa.StringArray

LARGEST: Final = 50_000  # records
ASCII_SPACE: Final = " \t\n\v\f\r\x1c\x1d\x1e\x1f"
HEADER_AGAIN: Final = "the header again"


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be read: its number, why, and its text."""

    number: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive rows, column by column as they are written, with each row's number."""

    columns: Sequence[Text]
    numbers: pa.Int64Array
    bad: tuple[BadRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where rows stand: `crm.csv line` 12; its file; the names of its columns."""

    rows_are: str
    file: Path
    columns: Sequence[str]


def batches(stretches: Iterable[Stretch], place: Place) -> Iterator[Batch]:
    """The records of consecutive stretches; one batch without records where there are none."""
    none_yet = True
    for stretch in stretches:
        for batch in _batches(_without_headers(_tidied(stretch), place.columns), place):
            none_yet = False
            yield batch
    if none_yet:
        yield _batch(empty(len(place.columns)), place)


def ahead(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    """The stretches, each read while the one before is worked on."""
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(next, stretches, None)
        while (stretch := coming.result()) is not None:
            coming = reader.submit(next, stretches, None)
            yield stretch


def empty(width: int) -> Stretch:
    """A stretch of so many columns and no row."""
    import pyarrow as pa

    return Stretch([pa.array([], pa.string())] * width, pa.array([], pa.int64()))


def _batches(stretch: Stretch, place: Place) -> Iterator[Batch]:
    count = len(stretch.numbers)
    for start in range(0, count, LARGEST):
        columns = [column.slice(start, LARGEST) for column in stretch.columns]
        bad = () if start else stretch.bad
        yield _batch(Stretch(columns, stretch.numbers.slice(start, LARGEST), bad), place)
    if stretch.bad and not count:
        yield _batch(stretch, place)


def _batch(stretch: Stretch, place: Place) -> Batch:
    import pyarrow as pa

    return Batch(
        pa.RecordBatch.from_arrays(list(stretch.columns), names=list(place.columns)),
        _locations(stretch.numbers, place),
        os.fspath(place.file),
        tuple(
            SetAside(f"{place.rows_are} {row.number}", row.reason, row.text) for row in stretch.bad
        ),
    )


def _locations(numbers: pa.Int64Array, place: Place) -> Text:
    import pyarrow as pa
    import pyarrow.compute as pc

    located = pc.utf8_replace_slice(numbers.cast(pa.string()), 0, 0, f"{place.rows_are} ")
    return cast("Text", located)


def _tidied(stretch: Stretch) -> Stretch:
    columns = [trimmed(column) for column in stretch.columns]
    if all(column.null_count for column in columns):
        return _without_blank_rows(Stretch(columns, stretch.numbers, stretch.bad))
    return Stretch(columns, stretch.numbers, stretch.bad)


def _without_headers(stretch: Stretch, names: Sequence[str]) -> Stretch:
    """The rows that are none but the header again, as between files that were joined."""
    import pyarrow as pa
    import pyarrow.compute as pc

    alike = pc.equal(stretch.columns[0], pa.scalar(names[0], pa.string()))
    if not pc.any(alike).as_py():
        return stretch
    places = [place for place, same in enumerate(alike.to_pylist()) if same]
    rows = {place: [column[place].as_py() for column in stretch.columns] for place in places}
    headers = {place: row for place, row in rows.items() if unique_names(row) == tuple(names)}
    if not headers:
        return stretch
    kept = pa.array([place not in headers for place in range(len(stretch.numbers))])
    bad = tuple(
        BadRow(stretch.numbers[place].as_py(), HEADER_AGAIN, "; ".join(filter(None, row)))
        for place, row in headers.items()
    )
    columns = [column.filter(kept) for column in stretch.columns]
    return Stretch(columns, stretch.numbers.filter(kept), stretch.bad + bad)


def as_array(texts: Sequence[str | None]) -> Text:
    """Texts as an Arrow array, without the zero bytes that old programs leave in them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    column: Text = pa.array(texts, pa.string())
    if pc.any(pc.match_substring(column, "\0")).as_py():
        return pc.replace_substring(column, "\0", "")
    return column


def trimmed(column: Text) -> Text:
    """The column without white space around its values; null where nothing is left."""
    import pyarrow as pa
    import pyarrow.compute as pc

    # Where no letter is beyond ASCII, its white space is all there is, and quicker to take off.
    plain = pc.all(pc.string_is_ascii(column)).as_py() is not False
    stripped: Text = (
        pc.ascii_trim(column, ASCII_SPACE) if plain else pc.utf8_trim_whitespace(column)
    )
    if pc.min(pc.binary_length(stripped)).as_py() != 0:
        return stripped
    nothing = pc.equal(stripped, pa.scalar(""))
    left: Text = pc.if_else(nothing, pa.scalar(None, pa.string()), stripped)
    return left


def _without_blank_rows(stretch: Stretch) -> Stretch:
    import pyarrow.compute as pc

    holds_something = reduce(pc.or_, (column.is_valid() for column in stretch.columns))
    if pc.all(holds_something).as_py():
        return stretch
    columns = [column.filter(holds_something) for column in stretch.columns]
    return Stretch(columns, stretch.numbers.filter(holds_something), stretch.bad)
