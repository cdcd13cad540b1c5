"""LDIF: the address books of Thunderbird and of LDAP servers."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import ClassVar, Final

from unify.connector import Batch, Finding, SetAside, files_at, refuse_empty, unreadable
from unify.errors import ConnectorError
from unify_connectors.contact_batches import Columns, Contact, contact_batches
from unify_connectors.ldif_blocks import NO_DN, Block, blocks
from unify_connectors.ldif_contact import (
    CHANGED,
    DN,
    ENTRY_DN,
    column_rank,
    contact_values,
    meaning,
    why_no_contact,
)
from unify_connectors.raw_lines import RawLine, raw_lines, split_lines, start_of
from unify_connectors.text_encoding import told_encoding

SUFFIXES: Final = (".ldif", ".ldi")

_COLUMNS: Final = Columns((DN, CHANGED, "cn"), meaning, column_rank)


@dataclass(frozen=True, slots=True)
class Ldif:
    """LDIF address books of Thunderbird and LDAP servers: a file, a folder or a pattern.

    path: the file, folder or pattern.
    """

    path: Path

    native_key: ClassVar[str | None] = DN

    def read(self) -> Iterator[Batch]:
        """The contacts; each attribute says which standard field it holds.

        `modifyTimestamp` is the last change. Groups, units and changes are set aside.
        """
        for file in files_at(self.path, suffixes=SUFFIXES):
            yield from contact_batches(_entries_of(file), file, _COLUMNS)

    @classmethod
    def find(cls, place: str) -> Iterable[Finding]:
        """A finding where a file begins with LDIF entries of which one is a contact."""
        file = Path(place)
        with suppress(OSError, ValueError):
            if file.is_file() and _begins_with_entry(lines := list(split_lines([start_of(file)]))):
                entries = _entries(lines, file, "utf-8")
                if any(isinstance(entry, Contact) for entry in entries):
                    yield Finding({"path": place}, "an LDIF address book", 0.95)


def _begins_with_entry(lines: Sequence[RawLine]) -> bool:
    said = (line.text.lower() for line in lines if line.text.strip() and line.text[:1] != b"#")
    first = next((text for text in said if not text.startswith(b"version:")), b"")
    return first.startswith(b"dn:")


def _entries_of(file: Path) -> Iterator[Contact | SetAside]:
    try:
        refuse_empty(file)
        encoding = told_encoding(file)
        any_entry = False
        for entry in _entries(raw_lines(file, encoding), file, encoding):
            any_entry = any_entry or isinstance(entry, Contact) or entry.reason != NO_DN
            yield entry
    except OSError as error:
        raise unreadable(file, error) from error
    if not any_entry:
        raise ConnectorError(
            "this is no LDIF: no entry begins with a dn",
            where=os.fspath(file),
            remedy="Export the contacts again as LDIF, or name another `connector`.",
        )


def _entries(lines: Iterable[RawLine], file: Path, encoding: str) -> Iterator[Contact | SetAside]:
    for block in blocks(lines):
        yield _entry(block, f"{file.name} line {block.number}", encoding)


def _entry(block: Block, location: str, encoding: str) -> Contact | SetAside:
    try:
        attributes = {} if block.fault else _attributes(block)
    except ValueError:
        return SetAside(location, "a line of it is no attribute", block.shown)
    fault = block.fault or why_no_contact(attributes)
    if fault:
        return SetAside(location, fault, block.shown)
    return Contact(location, contact_values(attributes, encoding))


def _attributes(block: Block) -> Mapping[str, list[str | bytes]]:
    """The attributes of an entry, its dn among them.

    The library takes exponential time to judge some names, and tells others to the log: it is
    given an empty one.
    """
    from ldif import LDIFParser

    first = ENTRY_DN.encode() + block.lines[0][len(DN) :]
    text = b"\n".join([b"dn:", first, *block.lines[1:], b""])
    ((_, entry),) = LDIFParser(BytesIO(text)).parse()
    found: Mapping[str, list[str | bytes]] = entry
    return found
