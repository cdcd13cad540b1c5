"""The long texts of a dBase or FoxPro table, which stand in a file beside it (dbt, fpt)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from unify_connectors.dbase_table import Table

SUFFIXES: Final = (".fpt", ".dbt", ".dct")  # the last one of a FoxPro database

_DBASE_3: Final = 0x83
_BLOCK: Final = 512  # bytes
_LONGEST: Final = 1 << 20  # bytes
_DBASE_4: Final = b"\xff\xff\x08\x00"
_TEXT: Final = 1
_END: Final = b"\x1a"


def memo_file(table: Path) -> Path | None:
    """The file beside a table that holds its memos, in capitals or not."""
    names = [table.stem.casefold() + suffix for suffix in SUFFIXES]
    beside = {file.name.casefold(): file for file in table.parent.iterdir()}
    return next((beside[name] for name in names if name in beside), None)


@dataclass(frozen=True, slots=True)
class Memos:
    """A file of memos that is open, and how it is laid out."""

    stream: IO[bytes]
    block: int
    is_foxpro: bool

    @classmethod
    def of(cls, stream: IO[bytes], file: Path, table: Table) -> Memos:
        """Those of a table."""
        head = stream.read(_BLOCK)
        if file.suffix.lower() == ".fpt" or table.is_visual:
            return cls(stream, int.from_bytes(head[6:8], "big") or 1, is_foxpro=True)
        said = int.from_bytes(head[20:22], "little") if table.version != _DBASE_3 else 0
        return cls(stream, said or _BLOCK, is_foxpro=False)

    def text(self, number: int) -> bytes:
        """The memo that begins at a block; nothing where there is none, or a picture."""
        if number <= 0:
            return b""
        self.stream.seek(number * self.block)
        start = self.stream.read(8)
        if self.is_foxpro:
            return self._of_foxpro(start)
        if start[:4] == _DBASE_4:
            size = int.from_bytes(start[4:8], "little") - len(start)
            return self.stream.read(min(max(size, 0), _LONGEST))
        return self._of_dbase_3(start)

    def _of_foxpro(self, start: bytes) -> bytes:
        if len(start) < 8:
            return b""
        kind, size = struct.unpack(">II", start)
        return self.stream.read(min(size, _LONGEST)) if kind == _TEXT else b""

    def _of_dbase_3(self, start: bytes) -> bytes:
        """The text up to its end's sign."""
        pieces, size = [start], len(start)
        while _END not in pieces[-1] and size < _LONGEST:
            piece = self.stream.read(_BLOCK)
            if not piece:
                break
            pieces.append(piece)
            size += len(piece)
        return b"".join(pieces).partition(_END)[0]
