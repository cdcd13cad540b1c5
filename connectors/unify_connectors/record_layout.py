"""How records of fixed width are laid out, and the fields that a layout cuts of many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from unify.errors import ConfigError

Kind = Literal["text", "zoned", "packed"]
_PLUS: Final = "{ABCDEFGHI"
_MINUS: Final = "}JKLMNOPQR"
_NEGATIVE: Final = "bd"
"""The last half byte of a packed number below zero."""


@dataclass(frozen=True, slots=True)
class FixedField:
    """A field: its name, its first byte from 1, how many bytes, and what they hold.

    A `zoned` number has a digit a byte, the last perhaps with the sign; a `packed` one (COMP-3)
    two digits a byte.
    """

    name: str
    start: int
    length: int
    kind: Kind = "text"

    def __post_init__(self) -> None:
        if not self.name.strip() or self.start < 1 or self.length < 1:
            raise ConfigError(
                f"the field '{self.name}' needs a name, a start from 1 on, and a length above 0",
                where="layout",
                remedy="Positions are counted in bytes; the first byte is 1.",
            )


def cut(
    records: bytes, size: int, field: FixedField, encoding: str, plain: str
) -> Sequence[str | None]:
    """A field of records that stand one behind the other, `size` bytes each, as texts.

    `plain`: the same records decoded, where the encoding has one byte a letter; else empty.
    """
    starts = range(field.start - 1, len(records), size)
    if field.kind == "packed":
        return [_unpacked(records[at : at + field.length]) for at in starts]
    if plain:
        texts = [plain[at : at + field.length] for at in starts]
    else:
        cells = (records[at : at + field.length] for at in starts)
        texts = [cell.decode(encoding, "replace") for cell in cells]
    return list(map(_number, texts)) if field.kind == "zoned" else texts


def _number(text: str) -> str | None:
    """The digits with their zeros, which identifiers need; what is no number stays as it is."""
    written = text.strip(" \0")
    if not written or written.isdecimal():
        return written or None
    last = written[-1]
    for signs, sign in ((_PLUS, ""), (_MINUS, "-")):
        if last in signs and (written[:-1].isdecimal() or not written[:-1]):
            return f"{sign}{written[:-1]}{signs.index(last)}"
    return written


def _unpacked(cell: bytes) -> str | None:
    digits, sign = cell.hex()[:-1], cell.hex()[-1:]
    if not digits.isdecimal() or sign.isdecimal():
        return None
    return f"-{digits}" if sign in _NEGATIVE else digits
