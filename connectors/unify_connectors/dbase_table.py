"""The head of a dBase or FoxPro table: its fields, and where its records stand."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Final

from unify.connector import refuse_empty, unreadable
from unify.errors import ConnectorError
from unify.presets import read_toml

PRESET: Final = "dbase.toml"
HEAD: Final = 32  # bytes: of the head, and of each field's description

_VISUAL: Final = (0x30, 0x31, 0x32)
_FOXPRO_2: Final = (0xF5, 0xFB)
# dBase III, IV and 5, FoxBase, FoxPro, Visual FoxPro, Clipper's SIX.
_VERSIONS: Final = (
    0x03, 0x05, 0x43, 0x63, 0x7B, 0x83, 0x8B, 0x8E, 0xCB, 0xE5, *_VISUAL, *_FOXPRO_2,
)  # fmt: skip
_DBASE_7: Final = (0x04, 0x8C)
_END_OF_FIELDS: Final = b"\r"
_LARGEST_HEAD: Final = 65_535
_SYSTEM, _NULLABLE, _AUTONUMBER = 0x01, 0x02, 0x0C


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the records: its name, its type's letter, where it begins, how long it is."""

    name: str
    kind: str
    start: int
    length: int
    flags: int = 0

    @property
    def is_autonumber(self) -> bool:
        """Whether FoxPro gives each record a number of its own here."""
        return self.kind == "I" and self.flags & _AUTONUMBER == _AUTONUMBER

    @property
    def is_nullable(self) -> bool:
        """Whether a value of it can be missing."""
        return bool(self.flags & _NULLABLE)

    @property
    def is_system(self) -> bool:
        """Whether it is the program's own, and nobody's to see."""
        return bool(self.flags & _SYSTEM) or self.kind == "0"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its file, its fields, and its records: how many, how long, from where on."""

    file: Path
    version: int
    count: int
    first: int
    length: int
    fields: tuple[Field, ...]
    code_page: str | None
    """The codec that the table's mark says; None where it says none."""

    @property
    def is_visual(self) -> bool:
        """Whether Visual FoxPro wrote it."""
        return self.version in _VISUAL

    @property
    def program(self) -> str:
        """What wrote it."""
        if self.is_visual:
            return "Visual FoxPro"
        return "FoxPro" if self.version in _FOXPRO_2 else "dBase"


def opened(file: Path) -> Table:
    """The head of a table. Raises ConnectorError for a file that is none."""
    try:
        refuse_empty(file)
        with file.open("rb") as stream:
            head = stream.read(_LARGEST_HEAD)
    except OSError as error:
        raise unreadable(file, error) from error
    if head[0] in _DBASE_7:
        raise ConnectorError(
            "a table of dBase 7, which is not read",
            where=os.fspath(file),
            remedy="Save it as dBase IV, or as CSV.",
        )
    fields = tuple(_fields(head)) if head[0] in _VERSIONS else ()
    if not fields:
        raise ConnectorError(
            "this is no dBase table, or its head is damaged",
            where=os.fspath(file),
            remedy="Restore it from a backup, or export the table again.",
        )
    return Table(
        file=file,
        version=head[0],
        count=_number(head, 4, 4),
        first=_number(head, 8, 2),
        length=_number(head, 10, 2),
        fields=fields,
        code_page=_code_page(head[29]),
    )


def _number(head: bytes, at: int, size: int) -> int:
    return int.from_bytes(head[at : at + size], "little")


def _fields(head: bytes) -> Iterator[Field]:
    """The fields, where they fill the records; none where they do not."""
    first, length = _number(head, 8, 2), _number(head, 10, 2)
    described = list(_described(head[HEAD:first]))
    # The first byte of a record says whether it is deleted.
    starts = list(accumulate((size for _, _, size, _ in described), initial=1))
    if not described or starts[-1] != length or first < HEAD:
        return
    for (name, kind, size, flags), start in zip(described, starts, strict=False):
        yield Field(name, kind, start, size, flags)


def _described(text: bytes) -> Iterator[tuple[str, str, int, int]]:
    for at in range(0, len(text), HEAD):
        said = text[at : at + HEAD]
        if said[:1] in (_END_OF_FIELDS, b"\0", b"") or len(said) < HEAD:
            return
        kind = chr(said[11])
        # A text may be longer than a byte can say.
        size = said[16] + (said[17] << 8 if kind == "C" else 0)
        yield _name(said[:11]), kind, size, said[18]


def _name(written: bytes) -> str:
    name = written.partition(b"\0")[0].decode("cp858")
    return "".join(sign for sign in name if sign.isprintable()).strip()


def _code_page(mark: int) -> str | None:
    pages = read_toml(PRESET)["code_pages"]
    return next((name for name, marks in pages.items() if mark in marks), None)
