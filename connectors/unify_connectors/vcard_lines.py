"""vCards as they stand in a file: whole lines from folded ones, and where each card ends.

Works on bytes, as each property may be in an encoding of its own. Pictures are left out here,
before they fill the memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from unify_connectors.raw_lines import LONGEST, RawLine

NO_CARD: Final = "text that is no card"
LARGEST: Final = 4 * LONGEST  # bytes of a card

BEGIN: Final = re.compile(rb"\s*BEGIN\s*:\s*VCARD\s*", re.IGNORECASE)

_END: Final = re.compile(rb"\s*END\s*:\s*VCARD\s*", re.IGNORECASE)
_PROPERTY: Final = re.compile(rb"(?:[\w-]{1,80}\.)?[A-Za-z][\w-]{0,80}[ \t]*[;:]")
_PICTURE: Final = re.compile(
    rb"(?:[\w-]{1,80}\.)?(?:PHOTO|LOGO|SOUND|KEY|X-MS-CARDPICTURE|X-MS-OL-DESIGN|X-ABCROP-RECTANGLE"
    rb"|[\w-]{1,80};(?:[^:]{0,500};)?(?:ENCODING=)?(?:B|BASE64))[ \t]*[;:]",
    re.IGNORECASE,
)
_QUOTED_PRINTABLE: Final = re.compile(rb"[^:]{1,500};\s*(?:ENCODING=)?QUOTED-PRINTABLE", re.I)
_AGENT: Final = re.compile(rb"AGENT[^:]{0,100}:\s*", re.IGNORECASE)
OLD: Final = re.compile(rb"VERSION\s*:\s*2\.1\s*", re.IGNORECASE)
_SHOWN: Final = 2_000


@dataclass(slots=True)
class Card:
    """A stretch of a file: a card from its first line to its last, or what is none.

    `fault`: why it is no whole card; empty for one that is.
    """

    number: int
    lines: list[bytes] = field(default_factory=list)
    fault: str = ""
    size: int = 0

    def add(self, line: bytes) -> None:
        """Take a line in, unless the card is beyond all measure."""
        self.size += len(line)
        if self.size > LARGEST:
            self.fault = f"longer than {LARGEST >> 20} MB"
        else:
            self.lines.append(line)

    @property
    def is_one(self) -> bool:
        """Whether it begins as a card does."""
        return self.fault != NO_CARD

    @property
    def shown(self) -> str:
        """Its text, for people."""
        return b"\n".join(self.lines)[:_SHOWN].decode(errors="replace")


def cards(lines: Iterable[RawLine]) -> Iterator[Card]:
    """The cards of a file in their order, and what stands between them."""
    card, outside, depth, before = None, None, 0, b""
    for line in whole_lines(lines):
        begins = bool(BEGIN.fullmatch(line.text))
        if begins and not (card and _AGENT.fullmatch(before)):
            yield from _broken_off(card, outside)
            card, outside, depth = Card(line.number), None, 0
        elif card is None:
            outside = outside or Card(line.number, fault=NO_CARD)
            outside.lines += [line.text] if len(outside.lines) < 50 else []
        elif begins:
            depth += 1
        elif not _END.fullmatch(line.text):
            _take(card, line, depth)
        elif depth:
            depth -= 1
        else:
            yield card
            card = None
        before = line.text
    yield from _broken_off(card, outside)


def _take(card: Card, line: RawLine, depth: int) -> None:
    if line.cut:
        card.fault = f"line {line.number} is longer than {LONGEST >> 20} MB"
    elif not depth:
        card.add(line.text)


def _broken_off(card: Card | None, outside: Card | None) -> Iterator[Card]:
    if card is not None:
        card.fault = card.fault or "the card has no end"
    yield from (stretch for stretch in (outside, card) if stretch is not None)


def whole_lines(lines: Iterable[RawLine]) -> Iterator[RawLine]:
    """Lines as they were before they were folded, with the number of their first; no pictures."""
    open_one = _Unfolded()
    for line in lines:
        joined = open_one.continuation(line.text)
        if joined is not None:
            open_one.add(joined, cut=line.cut)
            continue
        yield from open_one.whole()
        open_one = open_one.next(line)
    yield from open_one.whole()


@dataclass(slots=True)
class _Unfolded:
    """A line that may go on; `old`: in a vCard 2.1, which folds at a blank and keeps it."""

    number: int = 0
    parts: list[bytes] = field(default_factory=list)
    cut: bool = False
    old: bool = False
    size: int = 0

    @property
    def _is_picture(self) -> bool:
        return bool(_PICTURE.match(self.parts[0]))

    @property
    def _is_soft(self) -> bool:
        return self.parts[-1].endswith(b"=") and bool(_QUOTED_PRINTABLE.match(self.parts[0]))

    def next(self, line: RawLine) -> _Unfolded:
        """The line that begins with this one; a blank one begins none."""
        parts = [line.text] if line.text.strip() else []
        old = bool(OLD.fullmatch(line.text)) or (self.old and not BEGIN.fullmatch(line.text))
        return _Unfolded(line.number, parts, line.cut, old)

    def whole(self) -> Iterator[RawLine]:
        """The line, now that it has ended; none if it is a picture."""
        if self.parts and not self._is_picture:
            yield RawLine(self.number, b"".join(self.parts), self.cut)

    def add(self, text: bytes, *, cut: bool) -> None:
        """Take in what the line goes on with, unless that is a picture or beyond all measure."""
        self.size += len(text)
        self.cut = self.cut or cut or (self.size > LONGEST and not self._is_picture)
        if not self.cut and not self._is_picture:
            self.parts.append(text)

    def continuation(self, text: bytes) -> bytes | None:
        """What a line adds to this one; None for one that begins anew."""
        if not self.parts:
            return None
        if self._is_soft and not _END.fullmatch(text):
            # The sign that the line goes on is no part of it.
            self.parts[-1] = self.parts[-1][:-1]
            return text
        if text[:1] in (b" ", b"\t") and text.strip():
            return b" " + text.lstrip() if self.old else text[1:]
        return self._unfolded_note(text)

    def _unfolded_note(self, text: bytes) -> bytes | None:
        """A line of a note that was never folded."""
        edges = _END.fullmatch(text) or BEGIN.fullmatch(text) or BEGIN.fullmatch(self.parts[0])
        if edges or not text.strip() or _PROPERTY.match(text):
            return None
        return b"\\n" + text
