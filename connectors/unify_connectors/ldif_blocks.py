"""LDIF entries as they stand in a file. Pictures and passwords are left out here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from unify_connectors.raw_lines import LONGEST, RawLine

NO_DN: Final = "an entry without a dn"
LARGEST: Final = 4 * LONGEST  # bytes of an entry

_DN: Final = re.compile(rb"dn:", re.IGNORECASE)
_CHANGE: Final = re.compile(rb"changetype:\s*(\w{1,20})", re.IGNORECASE)
_SERVICE: Final = re.compile(rb"(?:version|search|result|ref|matcheddn|text):", re.IGNORECASE)
_LEFT_OUT: Final = re.compile(
    rb"(?:[\w-]{0,80}photo|[\w-]{0,80}certificate|usersmimecertificate|userpkcs12|audio"
    rb"|[\w-]{0,80}password|[\w-]{0,80}pwd[\w-]{0,80}|krbprincipalkey|sshpublickey|changetype|control"
    rb"|[\w-]{1,80};binary)[;:]",
    re.IGNORECASE,
)
_SHOWN: Final = 2_000


@dataclass(slots=True)
class Block:
    """Consecutive lines of an LDIF file: an entry, or what is none, and why."""

    number: int
    lines: list[bytes] = field(default_factory=list)
    fault: str = ""
    size: int = 0

    @property
    def shown(self) -> str:
        """Its text, for people."""
        return b"\n".join(self.lines)[:_SHOWN].decode(errors="replace")

    @property
    def says_nothing(self) -> bool:
        """Whether it holds no more than what a server says of itself."""
        return all(_SERVICE.match(line) or line[:1] in (b" ", b"-") for line in self.lines)

    def add(self, line: RawLine) -> None:
        """Take a line in, unless the entry is beyond all measure."""
        self.size += len(line.text)
        if change := _CHANGE.match(line.text):
            self.fault = _no_entry(change[1].decode().lower())
        elif line.cut:
            self.fault = f"line {line.number} is longer than {LONGEST >> 20} MB"
        elif self.size > LARGEST:
            self.fault = f"longer than {LARGEST >> 20} MB"
        if not (self.fault and self.size > LARGEST) and not _LEFT_OUT.match(line.text):
            self.lines.append(line.text)


def blocks(lines: Iterable[RawLine]) -> Iterator[Block]:
    """The entries of a file, in their order."""
    block: Block | None = None
    left_out = False
    for line in lines:
        if not line.text.strip():
            yield from _whole(block)
            block, left_out = None, False
        elif line.text[:1] != b" ":
            left_out = line.text[:1] == b"#" or bool(_LEFT_OUT.match(line.text))
            block = block or (None if line.text[:1] == b"#" else Block(line.number))
            if block and (not left_out or _CHANGE.match(line.text)):
                block.add(line)
        elif block and not left_out:
            block.add(line)
    yield from _whole(block)


def _whole(block: Block | None) -> Iterator[Block]:
    if block is None or (block.says_nothing and not block.fault):
        return
    while block.lines and _SERVICE.match(block.lines[0]):
        block.lines.pop(0)
    if not (block.lines and _DN.match(block.lines[0])):
        block.fault = block.fault or NO_DN
    yield block


def _no_entry(change: str) -> str:
    """What a change record is; nothing for one that adds an entry."""
    return "" if change == "add" else f"no contact but a change ({change})"
