"""The fields of many dBase or FoxPro records at once, as text."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from math import isfinite
from typing import Final

from unify_connectors.dbase_memo import Memos
from unify_connectors.dbase_table import Field, Table

Texts = Sequence[str | None]

_PICTURES: Final = "GPQW"
_TRUTH: Final = {b"T": "true", b"Y": "true", b"F": "false", b"N": "false"}
_DAY_0: Final = 1_721_425  # the Julian day before 1 January of the year 1
_NUMBER: Final = re.compile(r"[-+]?(\d+[.,]?\d*|[.,]\d+)([Ee][-+]?\d+)?")
_DAY: Final = 86_400_000  # milliseconds


@dataclass(frozen=True, slots=True)
class Reading:
    """How a table's values are read: in which encoding, and where its memos are."""

    table: Table
    encoding: str
    memos: Memos | None = None

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that hold text, numbers or dates."""
        return tuple(field for field in self.table.fields if self._is_shown(field))

    def _is_shown(self, field: Field) -> bool:
        binary = field.kind == "B" and not self.table.is_visual
        return not (field.is_system or binary or field.kind in _PICTURES)

    def columns(self, records: bytes) -> Iterator[Texts]:
        """Whole records, one behind the other, as a column of texts for each field."""
        # In an encoding of one byte a letter, bytes and letters stand at the same places.
        single = _is_single(self.encoding)
        plain = records.decode(self.encoding if single else "latin-1", "replace")
        nulls = _null_bits(self.table)
        for field in self.fields:
            texts = self._texts(field, records, plain)
            flags = [bit for kind, bit in nulls if kind == field.name]
            yield self._without_nulls(texts, records, flags[0]) if flags else texts

    def _texts(self, field: Field, records: bytes, plain: str) -> Texts:
        # A damaged head may say that the last field has no length, and begins behind its record.
        starts = range(field.start, field.start + len(records), self.table.length)
        size = field.length
        if field.kind == "C":
            texts = [plain[at : at + size] for at in starts]
            if _is_single(self.encoding) or "".join(texts).isascii():
                return texts
        cells = [records[at : at + size] for at in starts]
        if field.kind == "M":
            return [self._memo(cell) for cell in cells]
        if field.kind == "V":
            return self._varying(field, cells, records)
        reader = _READERS.get(field.kind)
        # A date of eight digits, a number of four bytes: another length is a damaged head's.
        if reader and size == _SIZES.get(field.kind, size):
            return [reader(cell) for cell in cells]
        return [self._text(cell) for cell in cells]

    def _text(self, cell: bytes) -> str:
        return cell.decode(self.encoding, "replace")

    def _memo(self, cell: bytes) -> str | None:
        if self.memos is None:
            return None
        written = cell.strip(b" \0")
        of_4_bytes = len(cell) == 4
        number = int.from_bytes(cell, "little") if of_4_bytes else _whole(written)
        return self._text(self.memos.text(number)) or None

    def _varying(self, field: Field, cells: Sequence[bytes], records: bytes) -> Texts:
        """Texts whose last byte says how long they are, unless they fill the field."""
        bits = [bit for kind, bit in _null_bits(self.table, lengths=True) if kind == field.name]
        flags = self._flags(records, bits[0]) if bits else [True] * len(cells)
        return [
            self._text(cell[: cell[-1]] if short and cell else cell)
            for cell, short in zip(cells, flags, strict=True)
        ]

    def _without_nulls(self, texts: Texts, records: bytes, bit: int) -> Texts:
        missing = self._flags(records, bit)
        return [None if gone else text for text, gone in zip(texts, missing, strict=True)]

    def _flags(self, records: bytes, bit: int) -> list[bool]:
        field = next(one for one in self.table.fields if one.kind == "0")
        places = range(field.start + bit // 8, len(records), self.table.length)
        return [bool(records[at] >> bit % 8 & 1) for at in places]


@cache
def _null_bits(table: Table, *, lengths: bool = False) -> tuple[tuple[str, int], ...]:
    """The bit of each field that tells a missing value, or a varying length, in the order of the
    fields: Visual FoxPro keeps them in a field of its own.
    """
    found, bit = [], 0
    for field in table.fields:
        for is_length, is_there in ((True, field.kind in "VQ"), (False, field.is_nullable)):
            if is_there:
                found.append((field.name, bit, is_length))
                bit += 1
    kept = next((8 * one.length for one in table.fields if one.kind == "0"), 0)
    return tuple((name, at) for name, at, one in found if one is lengths and at < kept)


@cache
def _is_single(encoding: str) -> bool:
    """Whether an encoding has one byte for each letter."""
    return len(bytes(range(256)).decode(encoding, "replace")) == 256


def _whole(written: bytes) -> int:
    return int(written) if written.isdigit() and len(written) <= 10 else 0


def _number(cell: bytes) -> str | None:
    # Where a number does not fit, stars are written.
    text = cell.decode("ascii", "replace").strip(" \0")
    return text if _NUMBER.fullmatch(text) else None if not text.strip("*.") else text


def _date(cell: bytes) -> str | None:
    text = cell.decode("ascii", "replace").strip(" \0")
    if len(text) == 8 and text.isdigit():
        return None if text == "00000000" else f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return text or None


def _moment(cell: bytes) -> str | None:
    """Two numbers: the day, and the milliseconds since midnight."""
    day, past = struct.unpack("<II", cell)
    if not _DAY_0 < day <= _DAY_0 + date.max.toordinal() or past >= _DAY:
        return None
    written = date.fromordinal(day - _DAY_0).isoformat()
    # FoxPro keeps some times a thousandth short.
    seconds = timedelta(seconds=min((past + 500) // 1000, _DAY // 1000 - 1))
    return f"{written}T{str(seconds).rjust(8, '0')}" if seconds else written


def _double(cell: bytes) -> str | None:
    (value,) = struct.unpack("<d", cell)
    if not isfinite(value) or abs(value) >= 1e15:
        return None
    return str(int(value)) if value.is_integer() else f"{value:.15g}"


def _money(cell: bytes) -> str:
    return f"{Decimal(int.from_bytes(cell, 'little', signed=True)).scaleb(-4):f}"


_READERS: Final[Mapping[str, Callable[[bytes], str | None]]] = {
    "N": _number,
    "F": _number,
    "D": _date,
    "L": lambda cell: _TRUTH.get(cell.upper()),
    "I": lambda cell: str(int.from_bytes(cell, "little", signed=True)),
    "T": _moment,
    "B": _double,
    "Y": _money,
}
_SIZES: Final = {"D": 8, "L": 1, "I": 4, "T": 8, "B": 8, "Y": 8}
