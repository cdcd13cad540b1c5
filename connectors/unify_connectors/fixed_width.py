"""Files of fixed width, in EBCDIC or any other encoding, by a layout that somebody wrote down."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

from unify.connector import Batch, Finding, files_at, refuse_empty, unreadable
from unify.errors import ConfigError, ConnectorError
from unify_connectors.batches import BadRow, Place, Stretch, as_array, batches
from unify_connectors.header import unique_names
from unify_connectors.record_layout import FixedField, cut
from unify_connectors.text_encoding import known_encoding

CUT: Final = "the file ends within the record"
LONG: Final = "a line longer than the layout"

_AT_ONCE: Final = 4_000_000  # bytes
_LONGEST: Final = 1_000_000  # bytes of a record
_SHOWN: Final = 1_000


@dataclass(frozen=True, slots=True)
class FixedWidth:
    """Records of fixed width, as mainframes write them: a file, a folder or a pattern.

    path: the file, folder or pattern.
    layout: the fields, each with `name`, `start` (from 1), `length` and, if it is no text, `kind`.
    encoding: EBCDIC (cp037, cp273, cp280, cp500, cp1140, cp1144, …), cp850, utf-8, …
    record_length: bytes a record, where no line ends part them; that of the layout if not given.
    record_number: a name for a column of record numbers, which change when records are left out.
    """

    path: Path
    layout: tuple[FixedField, ...]
    encoding: str
    record_length: int | None = None
    record_number: str | None = None

    native_key: ClassVar[str | None] = None

    def read(self) -> Iterator[Batch]:
        """The records, with their number as location."""
        size = self._size()
        encoding = _codec(self.encoding)
        for file in files_at(self.path):
            try:
                refuse_empty(file)
                yield from self._batches(file, encoding, size)
            except OSError as error:
                raise unreadable(file, error) from error

    @classmethod
    def find(cls, place: str) -> Iterable[Finding]:  # noqa: ARG003
        """Nothing: no file says how its records are laid out."""
        return ()

    def _size(self) -> int:
        least = max((field.start + field.length - 1 for field in self.layout), default=0)
        size = least if self.record_length is None else self.record_length
        if not 0 < least <= size <= _LONGEST:
            raise ConfigError(
                "the layout has no field, or is longer than a record",
                where="layout",
                remedy="Give each field's name, start and length, or a longer `record_length`.",
            )
        return size

    def _batches(self, file: Path, encoding: str, size: int) -> Iterator[Batch]:
        names = [field.name for field in self.layout]
        number = [self.record_number] if self.record_number else []
        place = Place(f"{file.name} record", file, unique_names([*names, *number]))
        # Any byte may stand in a packed number, that of a line's end as well.
        no_lines = self.record_length or any(field.kind == "packed" for field in self.layout)
        by_lines = not no_lines and _has_lines(file, encoding, size)
        pieces = _lines(file, encoding, size) if by_lines else _records(file, size)
        yield from batches(self._stretches(pieces, encoding, size), place)

    def _stretches(
        self,
        pieces: Iterable[tuple[bytes, list[int], tuple[BadRow, ...]]],
        encoding: str,
        size: int,
    ) -> Iterator[Stretch]:
        import pyarrow as pa

        single = len(bytes(range(256)).decode(encoding, "replace")) == 256
        for records, numbers, bad in pieces:
            plain = records.decode(encoding, "replace") if single else ""
            columns = [as_array(cut(records, size, f, encoding, plain)) for f in self.layout]
            if self.record_number:
                columns.append(as_array(list(map(str, numbers))))
            yield Stretch(columns, pa.array(numbers, pa.int64()), bad)


def _codec(name: str) -> str:
    with suppress(ImportError):
        import ebcdic  # noqa: F401 (its code pages are known from now on)
    known = known_encoding(name)
    if codecs.lookup(known).name.startswith(("utf-16", "utf-32")):
        raise ConfigError(
            f"records of fixed width in {name} are not read",
            where="encoding",
            remedy="Save the file as UTF-8.",
        )
    return known


def _ends(encoding: str) -> tuple[bytes, ...]:
    """What ends a line: EBCDIC has a sign of its own for it."""
    text = "\n".encode(encoding.replace("utf-8-sig", "utf-8"))
    return tuple({text, b"\n"} if text == b"\n" else {text, b"\x15", b"\x25"})


def _has_lines(file: Path, encoding: str, size: int) -> bool:
    """Whether line ends part the records: one stands where the first ends, or earlier."""
    with file.open("rb") as stream:
        start = stream.read(size + 2)
    return any(end in start for end in _ends(encoding))


def _records(file: Path, size: int) -> Iterator[tuple[bytes, list[int], tuple[BadRow, ...]]]:
    at_once, first = max(_AT_ONCE // size, 1) * size, 1
    with file.open("rb") as stream:
        while block := stream.read(at_once):
            count, rest = divmod(len(block), size)
            last = BadRow(first + count, CUT, block[-rest:].hex()[:_SHOWN]) if rest else None
            bad = (last,) if last else ()
            yield block[: count * size], list(range(first, first + count)), bad
            first += count


def _lines(
    file: Path, encoding: str, size: int
) -> Iterator[tuple[bytes, list[int], tuple[BadRow, ...]]]:
    """Lines as records: shorter ones filled up, longer ones set aside unless blank behind."""
    with file.open("rb") as stream:
        start = stream.read(size + 2)
        stream.seek(0)
        end = min(_ends(encoding), key=lambda e: start.find(e) % (len(start) + 1))
        first, rest = 1, b""
        blank = " ".encode(encoding.replace("utf-8-sig", "utf-8"))
        while block := stream.read(_AT_ONCE):
            *lines, rest = (rest + block).split(end)
            if len(rest) > _LONGEST:
                raise ConnectorError(
                    "a line is longer than 1 MB",
                    where=os.fspath(file),
                    remedy="Give `record_length` where no line ends part the records.",
                )
            yield _filled(lines, first, size, blank)
            first += len(lines)
        if rest.strip(b"\r\x1a"):
            yield _filled([rest], first, size, blank)


def _filled(
    lines: list[bytes], first: int, size: int, blank: bytes
) -> tuple[bytes, list[int], tuple[BadRow, ...]]:
    stripped = [line.rstrip(b"\r\n" + blank) for line in lines]
    sound = [at for at, line in enumerate(stripped) if len(line) <= size]
    bad = tuple(
        BadRow(first + at, LONG, line.hex()[:_SHOWN])
        for at, line in enumerate(stripped)
        if len(line) > size
    )
    filled = b"".join(stripped[at].ljust(size, blank) for at in sound)
    return filled, [first + at for at in sound], bad
