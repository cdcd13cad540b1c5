"""The lines of a text file as bytes, whatever ends them and however long they are.

For formats whose parts may each be in an encoding of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

LONGEST: Final = 1 << 20  # bytes
START: Final = 1 << 17

_CHUNK: Final = 1 << 20
_SHOWN: Final = 1000
_END: Final = re.compile(rb"\r{0,3}\n|\r")
_MARKS: Final = b"\xef\xbb\xbf\xff\xfe"


@dataclass(frozen=True, slots=True)
class RawLine:
    """A line without its end: its number, its bytes, and whether it was too long to keep whole."""

    number: int
    text: bytes
    cut: bool = False


def raw_lines(file: Path, encoding: str) -> Iterator[RawLine]:
    """The lines of a file; one of an encoding of two or four bytes a letter comes as UTF-8."""
    wide = encoding.startswith(("utf-16", "utf-32"))
    return split_lines(_as_utf8(file, encoding) if wide else _chunks(file))


def split_lines(chunks: Iterable[bytes]) -> Iterator[RawLine]:
    """The lines of consecutive pieces of a text."""
    rest, cut, number = b"", False, 0
    for chunk in chunks:
        held = rest + chunk
        # A carriage return at the border may be half of a line's end.
        text = held.rstrip(b"\r")
        *whole, last = _END.split(text)
        for line in whole:
            number += 1
            yield RawLine(number, line, cut or len(line) > LONGEST)
            cut = False
        cut = cut or len(last) > LONGEST
        rest = (last[:_SHOWN] if cut else last) + held[len(text) :][:_SHOWN]
    for line in _END.split(rest.rstrip(b"\r")) if rest else ():
        number += 1
        yield RawLine(number, line, cut)


def start_of(file: Path) -> bytes:
    """How a file begins: without its mark, and without the zero bytes of wide encodings."""
    with file.open("rb") as stream:
        return stream.read(START).replace(b"\0", b"").lstrip(_MARKS)


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        first = stream.read(_CHUNK)
        yield first.removeprefix(b"\xef\xbb\xbf")
        while chunk := stream.read(_CHUNK):
            yield chunk


def _as_utf8(file: Path, encoding: str) -> Iterator[bytes]:
    with file.open(encoding=encoding, errors="replace", newline="") as stream:
        while piece := stream.read(_CHUNK):
            yield piece.removeprefix("\ufeff").encode()
