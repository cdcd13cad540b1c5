"""JSON lines, and JSON arrays of objects: what web services and databases export."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Final

from unify.connector import Batch, Finding, SetAside, files_at, refuse_empty, unreadable
from unify.errors import ConnectorError
from unify_connectors.contact_batches import Columns, Contact, contact_batches
from unify_connectors.json_values import BadJson, values_in
from unify_connectors.raw_lines import START, start_of
from unify_connectors.text_encoding import SOUND, STRAYS, UNSOUND, told_encoding

SUFFIXES: Final = (".json", ".jsonl", ".ndjson")

_ENOUGH: Final = 2  # columns
_COLUMNS: Final = Columns((), lambda _: {}, lambda _: (0, ""), told=False)


@dataclass(frozen=True, slots=True)
class JsonRecords:
    """JSON lines, or a JSON array of objects: a file, a folder of them or a pattern.

    path: the file, folder or pattern.
    """

    path: Path

    native_key: ClassVar[str | None] = None

    def read(self) -> Iterator[Batch]:
        """The objects, all values text; `address.city` is a column, a list is joined by `; `."""
        for file in files_at(self.path, suffixes=SUFFIXES):
            refuse_empty(file)
            yield from contact_batches(_entries(file), file, _COLUMNS)

    @classmethod
    def find(cls, place: str) -> Iterable[Finding]:
        """A finding where a file begins with an object a line, or with an array of objects."""
        file = Path(place)
        with suppress(OSError, ValueError, RecursionError):
            start = start_of(file) if file.is_file() else b""
            if start.lstrip()[:1] in (b"{", b"[") and (columns := _columns_of(start)):
                yield Finding({"path": place}, f"JSON with {len(columns)} columns", 0.9)


def _columns_of(start: bytes) -> list[str]:
    """The columns of the first records; none where these are no records."""
    text = start.decode(errors="replace")
    if text.lstrip().startswith("{"):
        # An object on many lines is a document of some other kind.
        text = text.lstrip().partition("\n")[0] if "\n" in text or len(start) < START else text
    found = [value for _, value in zip(range(100), values_in([text]), strict=False)]
    rows = [flat(value) for value in found if isinstance(value, dict)]
    others = [value for value in found if not isinstance(value, dict | BadJson)]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    return columns if len(columns) >= _ENOUGH and not others else []


def _entries(file: Path) -> Iterator[Contact | SetAside]:
    any_record = False
    try:
        for number, value in enumerate(values_in(_pieces(file)), start=1):
            any_record = any_record or isinstance(value, dict)
            yield _entry(value, f"{file.name} record {number}")
    except OSError as error:
        raise unreadable(file, error) from error
    if not any_record:
        raise ConnectorError(
            "there is no JSON object in it",
            where=os.fspath(file),
            remedy="One object a line is read, or an array of objects.",
        )


def _entry(value: Any, location: str) -> Contact | SetAside:
    if isinstance(value, BadJson):
        return SetAside(location, value.reason, value.text)
    if not isinstance(value, dict):
        return SetAside(location, "no JSON object", json.dumps(value, ensure_ascii=False)[:2_000])
    try:
        values = flat(value)
    except RecursionError:
        return SetAside(location, "nested too deeply", "")
    return Contact(location, values) if values else SetAside(location, "an empty object", "{}")


def flat(record: Mapping[str, Any]) -> dict[str, str]:
    """A record's values as text by column; what lies one level below is a column of its own."""
    pairs = [pair for name, value in record.items() for pair in _flat(name, value)]
    return {name: text for name, value in pairs if (text := _text(value).strip())}


def _flat(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        yield from ((f"{name}.{part}", below) for part, below in value.items())
    elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        parts = dict.fromkeys(part for item in value for part in item)
        yield from ((f"{name}.{part}", [item.get(part) for item in value]) for part in parts)
    else:
        yield name, value


def _text(value: Any) -> str:
    """A value as the text that a person reads; numbers come as text already."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(filter(None, map(_text, value)))
    return json.dumps(value, ensure_ascii=False)


def _pieces(file: Path) -> Iterator[str]:
    encoding = told_encoding(file)
    errors = STRAYS if encoding in (SOUND, UNSOUND) else "replace"
    with file.open(encoding=encoding, errors=errors) as stream:
        while piece := stream.read(1 << 20):
            yield piece.removeprefix("\ufeff")
