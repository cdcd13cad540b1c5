"""dBase and FoxPro tables, with the memos beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar, Final

from unify.connector import Batch, Finding, SetAside, files_at, unreadable
from unify.errors import ConnectorError
from unify_connectors.batches import BadRow, Place, Stretch, as_array, batches
from unify_connectors.dbase_memo import Memos, memo_file
from unify_connectors.dbase_table import Table, opened
from unify_connectors.dbase_values import Reading
from unify_connectors.header import unique_names
from unify_connectors.text_encoding import encoding_of, known_encoding

SUFFIXES: Final = (".dbf",)
DELETED: Final = "deleted in the table"
DAMAGED: Final = "the record is damaged"
CUT: Final = "the file ends within the record"

_AT_ONCE: Final = 4_000_000  # bytes
_THERE, _GONE, _NO_MORE = b" ", b"*", b"\x1a"


@dataclass(frozen=True, slots=True)
class DBase:
    """dBase and FoxPro tables (dbf), with their memos: a file, a folder or a pattern.

    path: the file, folder or pattern.
    encoding: how its text is written; told by the table's mark, or its letters, if not given.
    record_number: a name for a column of record numbers. They change when a table is packed.
    """

    path: Path
    encoding: str | None = None
    record_number: str | None = None

    native_key: ClassVar[str | None] = None

    def read(self) -> Iterator[Batch]:
        """The records, with their number as location; deleted ones are set aside."""
        encoding = known_encoding(self.encoding) if self.encoding else None
        for file in files_at(self.path, suffixes=SUFFIXES):
            try:
                yield from _batches(opened(file), encoding, self.record_number)
            except OSError as error:
                raise unreadable(file, error) from error

    @classmethod
    def find(cls, place: str) -> Iterable[Finding]:
        """A finding where a file is a table, whatever its name."""
        with suppress(ConnectorError, OSError, ValueError):
            file = Path(place)
            if file.is_file():
                table = opened(file)
                numbers = tuple(field.name for field in table.fields if field.is_autonumber)
                what = f"{table.program} table, {len(table.fields)} fields"
                yield Finding({"path": place}, what, 0.9, key=numbers[:1])


def _batches(table: Table, encoding: str | None, number: str | None) -> Iterator[Batch]:
    with ExitStack() as stack:
        memos, without = _memos(table, stack)
        told = encoding or table.code_page or encoding_of(lambda: _texts_of(table))
        reading = Reading(table, told, memos)
        names = unique_names(field.name for field in reading.fields)
        place = Place(f"{table.file.name} record", table.file, names)
        for batch in batches(_stretches(reading), place):
            yield _with_number(replace(batch, set_aside=(*without, *batch.set_aside)), number)
            without = ()


def _with_number(batch: Batch, name: str | None) -> Batch:
    """The batch with the number of each record, which its location ends with."""
    import pyarrow.compute as pc

    if name is None:
        return batch
    *_, column = unique_names([*batch.records.schema.names, name])
    numbers = pc.replace_substring_regex(batch.locations, r"(?s)^.* ", "")
    return replace(batch, records=batch.records.append_column(column, numbers))


def _memos(table: Table, stack: ExitStack) -> tuple[Memos | None, tuple[SetAside, ...]]:
    """The memos of a table; and that they are missing, where they are."""
    fields = [field.name for field in table.fields if field.kind == "M" and not field.is_system]
    if not fields:
        return None, ()
    file = memo_file(table.file)
    if file is None:
        reason = "the memo file (dbt or fpt) that should be beside the table is missing"
        return None, (SetAside(f"{table.file.name} {', '.join(fields)}", reason, ""),)
    return Memos.of(stack.enter_context(file.open("rb")), file, table), ()


def _records(table: Table) -> Iterator[bytes]:
    """The records, many at once, the last one perhaps not whole."""
    if not table.length:
        return
    size = max(_AT_ONCE // table.length, 1) * table.length
    with table.file.open("rb") as stream:
        stream.seek(table.first)
        while block := stream.read(size):
            yield block


def _texts_of(table: Table) -> Iterator[bytes]:
    """The texts of the records, field by field, for telling how they are written."""
    for block in _records(table):
        for field in table.fields:
            if field.kind == "C":
                starts = range(field.start, len(block), table.length)
                # A letter at a field's end has none of the next field behind it.
                yield b" ".join(block[at : at + field.length] for at in starts)


def _stretches(reading: Reading) -> Iterator[Stretch]:
    import pyarrow as pa

    first, table = 1, reading.table
    for block in _records(table):
        end = _end(block, first, table)
        if end:
            yield _stretch(block[: end * table.length], first, reading)
        first += end
        if end * table.length < len(block):
            break
    if first <= table.count:
        missing = f"the file ends here: {table.count - first + 1} records are missing"
        nothing = [pa.array([], pa.string())] * len(reading.fields)
        yield Stretch(nothing, pa.array([], pa.int64()), (BadRow(first, missing, ""),))


def _end(block: bytes, first: int, table: Table) -> int:
    """How many records a block holds. What stands behind those that the head counts are records
    as well, where they begin as such: a program that fell did not count them.
    """
    marks = block[:: table.length]
    if marks[-1:] == _NO_MORE and len(block) % table.length:
        marks = marks[:-1]
    counted = max(table.count - first + 1, 0)
    return next(
        (at for at in range(counted, len(marks)) if marks[at : at + 1] not in (_THERE, _GONE)),
        len(marks),
    )


def _stretch(block: bytes, first: int, reading: Reading) -> Stretch:
    """The records of a block; those that are none any more are set aside."""
    import pyarrow as pa

    size = reading.table.length
    faults = [_fault(block[at : at + size], size) for at in range(0, len(block), size)]
    sound = [place for place, fault in enumerate(faults) if not fault]
    odd = [place for place, fault in enumerate(faults) if fault]
    numbers = pa.array([first + place for place in sound], pa.int64())
    rows = zip(*reading.columns(_chosen(block, odd, size)), strict=True)
    bad = (
        BadRow(first + place, faults[place], _shown(row))
        for place, row in zip(odd, rows, strict=True)
    )
    chosen = block if len(sound) == len(faults) else _chosen(block, sound, size)
    columns = [as_array(texts) for texts in reading.columns(chosen)]
    return Stretch(columns, numbers, tuple(bad))


def _fault(record: bytes, size: int) -> str:
    """Why a record is none; empty for one that is."""
    if len(record) < size:
        return CUT
    return {_THERE: "", _GONE: DELETED}.get(record[:1], DAMAGED)


def _chosen(block: bytes, places: Sequence[int], size: int) -> bytes:
    """Some records, each of full length."""
    records = (block[place * size : (place + 1) * size] for place in places)
    return b"".join(record.ljust(size, b" ") for record in records)


def _shown(row: Sequence[str | None]) -> str:
    return "; ".join(filter(None, ((text or "").strip(" \0") for text in row)))
