"""vCards: what phones, mail programs and address books hand on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

from unify.connector import Batch, Finding, SetAside, files_at, refuse_empty, unreadable
from unify.errors import ConnectorError
from unify_connectors.contact_batches import Columns, Contact, contact_batches
from unify_connectors.raw_lines import raw_lines, start_of
from unify_connectors.text_encoding import told_encoding
from unify_connectors.vcard_contact import column_rank, contact_values, meaning
from unify_connectors.vcard_lines import Card, cards
from unify_connectors.vcard_values import properties

SUFFIXES: Final = (".vcf", ".vcard")
UID, CHANGED = "UID", "REV"

_COLUMNS: Final = Columns((UID, CHANGED, "FN"), meaning, column_rank)
_BEGIN: Final = re.compile(rb"\s*BEGIN\s*:\s*VCARD\s*$", re.IGNORECASE | re.MULTILINE)
_NO_PERSON: Final = ("group", "location", "application", "device")


@dataclass(frozen=True, slots=True)
class VCard:
    """vCards (2.1, 3.0, 4.0) of one contact or many: a file, a folder of them or a pattern.

    path: the file, folder or pattern.
    """

    path: Path

    native_key: ClassVar[str | None] = UID

    def read(self) -> Iterator[Batch]:
        """The contacts; each column says which standard field it holds. `REV`: the last change."""
        for file in files_at(self.path, suffixes=SUFFIXES):
            yield from contact_batches(_entries(file), file, _COLUMNS)

    @classmethod
    def find(cls, place: str) -> Iterable[Finding]:
        """A finding where a file begins with a vCard, whatever it is called."""
        file = Path(place)
        with suppress(OSError, ValueError):
            if file.is_file() and _BEGIN.match(start := start_of(file)):
                several = len(_BEGIN.findall(start)) > 1
                yield Finding({"path": place}, "vCards" if several else "a vCard", 0.98)


def _entries(file: Path) -> Iterator[Contact | SetAside]:
    try:
        refuse_empty(file)
        encoding = told_encoding(file)
        found = False
        for card in cards(raw_lines(file, encoding)):
            found = found or card.is_one
            yield _entry(card, file, encoding)
    except OSError as error:
        raise unreadable(file, error) from error
    if not found:
        raise ConnectorError(
            "this is no vCard: no line says BEGIN:VCARD",
            where=str(file),
            remedy="Export the contacts again as vCard, or name another `connector`.",
        )


def _entry(card: Card, file: Path, encoding: str) -> Contact | SetAside:
    location = f"{file.name} line {card.number}"
    if card.fault:
        return SetAside(location, card.fault, card.shown)
    values = contact_values(list(properties(card.lines, encoding)))
    fault = _fault(values)
    return SetAside(location, fault, card.shown) if fault else Contact(location, values)


def _fault(values: Mapping[str, str]) -> str:
    """Why a card is no contact; empty for one that is."""
    kind = values.get("KIND", "").casefold()
    if kind in _NO_PERSON:
        return f"no contact but a {kind}"
    return "" if any(meaning(name) for name in values) else "an empty card"
