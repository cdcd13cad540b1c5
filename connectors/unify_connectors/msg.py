"""Contacts that Outlook saved each as a file of its own (msg)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

from unify.connector import Batch, Finding, SetAside, files_at, refuse_empty
from unify.errors import ConnectorError
from unify.presets import read_toml
from unify_connectors.contact_batches import Columns, Contact, contact_batches
from unify_connectors.msg_properties import properties

SUFFIXES: Final = (".msg",)
KEY, CHANGED = "Search Key", "Modified"

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROPERTIES: Final = "__properties_version1.0".encode("utf-16-le")
_LARGEST: Final = 50_000_000  # bytes
_CLASS: Final = "001A"
_CONTACT, _LIST = "ipm.contact", "ipm.distlist"


def _meaning(column: str) -> Mapping[str, str]:
    told: Mapping[str, str] = read_toml("headers/outlook.toml")["fields"].get(column, {})
    return told


def _rank(column: str) -> tuple[int, str]:
    order = [KEY, *read_toml("headers/mapi.toml")["columns"].values()]
    return order.index(column), column


_COLUMNS: Final = Columns((KEY, CHANGED, "First Name", "Last Name"), _meaning, _rank)


@dataclass(frozen=True, slots=True)
class OutlookMessage:
    """Contacts that Outlook saved as files (msg), one each: a file, a folder or a pattern.

    path: the file, folder or pattern.
    """

    path: Path

    native_key: ClassVar[str | None] = KEY

    def read(self) -> Iterator[Batch]:
        """The contacts; mails and distribution lists are set aside. `Modified`: the last change."""
        files = files_at(self.path, suffixes=SUFFIXES)
        for file in files:
            entry = _entry(file) if len(files) == 1 else _one_of_many(file)
            yield from contact_batches([entry], file, _COLUMNS)

    @classmethod
    def find(cls, place: str) -> Iterable[Finding]:
        """A finding where a file is a message that holds a contact, whatever its name."""
        with suppress(ConnectorError, OSError, ValueError):
            file = Path(place)
            if file.is_file() and _is_message(file) and isinstance(_entry(file), Contact):
                yield Finding({"path": place}, "a contact saved by Outlook", 0.95)


def _is_message(file: Path) -> bool:
    if file.stat().st_size > _LARGEST:
        return False
    content = file.read_bytes()
    return content.startswith(_OLE) and _PROPERTIES in content


def _one_of_many(file: Path) -> Contact | SetAside:
    """The contact of a file; one that is damaged does not end the reading of the others."""
    try:
        return _entry(file)
    except ConnectorError as damaged:
        return SetAside(file.name, damaged.what, "")


def _entry(file: Path) -> Contact | SetAside:
    try:
        refuse_empty(file)
        if not _is_message(file):
            raise _refused(file, "this is no message of Outlook's, or larger than 50 MB")
        said = properties(file)
    except ConnectorError:
        raise
    except Exception as error:  # The library raises whatever damage leads it to.
        raise _refused(file, f"the message is damaged ({type(error).__name__})") from error
    kind = said.get(_CLASS, "").casefold()
    if not kind.startswith(_CONTACT):
        what = "a distribution list" if kind.startswith(_LIST) else "a mail or another item"
        return SetAside(file.name, f"no contact but {what}", "")
    columns = read_toml("headers/mapi.toml")["columns"]
    values = {columns[tag]: text.strip() for tag, text in said.items() if tag in columns}
    shown = {column: text for column, text in values.items() if text}
    if "Birthday" in shown:
        # Outlook keeps a day as its midnight at home, which is the day before or not in UTC.
        shown["Birthday"] = _day(shown["Birthday"])
    return Contact(file.name, shown)


def _day(moment: str) -> str:
    from datetime import datetime, timedelta

    told = datetime.fromisoformat(moment)
    return (told + timedelta(hours=12)).date().isoformat()


def _refused(file: Path, what: str) -> ConnectorError:
    return ConnectorError(
        what, where=os.fspath(file), remedy="Save the contact again, as a vCard if that fails."
    )
