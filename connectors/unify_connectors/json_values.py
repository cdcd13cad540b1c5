"""JSON values as they follow one another in a text, read piece by piece."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

LARGEST: Final = 8 << 20  # characters of a value

_BETWEEN: Final = re.compile(r"[\s,]*")
_SHOWN: Final = 2_000
_BORDER: Final = 12  # signs: the longest word or escape that a border may cut


@dataclass(frozen=True, slots=True)
class BadJson:
    """A stretch that is no JSON: why, and its text."""

    reason: str
    text: str


def _number(written: str) -> str:
    """A number as it is written; no `.0` behind a whole one."""
    return written.removesuffix(".0")


_DECODER: Final = json.JSONDecoder(
    parse_int=str, parse_float=_number, parse_constant=lambda _: None
)


def values_in(pieces: Iterable[str]) -> Iterator[Any]:
    """The values of a text: of one array, or one behind another.

    A bad one goes up to the end of its line.
    """
    text = _Text(iter(pieces))
    in_array = text.next_sign() == "["
    if in_array:
        text.skip(1)
    while sign := text.next_sign():
        if in_array and sign == "]":
            text.skip(1)
        else:
            yield text.value()


class _Text:
    """A text of which a part is held: what was read and not yet used."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self._held = ""
        self._at = 0

    def next_sign(self) -> str:
        """The next sign that is no blank and no comma; nothing at the end."""
        while True:
            between = _BETWEEN.match(self._held, self._at)
            self._at = between.end() if between else self._at
            if self._at < len(self._held) or not self._more():
                return self._held[self._at : self._at + 1]

    def skip(self, signs: int) -> None:
        """Leave so many signs behind."""
        self._at += signs

    def value(self) -> Any:
        """The next value, or the bad stretch that stands in its place."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self._held, self._at)
            except RecursionError:
                return self._bad("nested too deeply")
            except json.JSONDecodeError as error:
                if not self._may_go_on(error) or not self._more():
                    return self._bad("no JSON")
                continue
            # A number at the border may go on.
            if end < len(self._held) or not self._more():
                self._at = end
                return value

    def _may_go_on(self, error: json.JSONDecodeError) -> bool:
        """Whether a value may be bad for no other reason than that its end is not yet read."""
        at_end = error.pos > len(self._held) - _BORDER or error.msg.startswith("Unterminated")
        return at_end and len(self._held) - self._at < LARGEST

    def _more(self) -> bool:
        piece = next(self._pieces, "")
        if piece:
            self._held, self._at = self._held[self._at :] + piece, 0
        return bool(piece)

    def _bad(self, reason: str) -> BadJson:
        """What is held, up to the end of its line, which is left behind."""
        shown = self._held[self._at : self._at + _SHOWN].partition("\n")[0].strip()
        while (end := self._held.find("\n", self._at)) < 0:
            self._at = len(self._held)
            if not self._more():
                return BadJson(reason, shown)
        self._at = end + 1
        return BadJson(reason, shown)
