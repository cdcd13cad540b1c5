"""Google Contacts as CSV, as it is today and as it was before."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, count
from typing import TYPE_CHECKING, ClassVar, Final

from unify.connector import NO_FIELD
from unify.presets import read_toml
from unify_connectors.address_book import AddressBook, with_meaning
from unify_connectors.contact_batches import Columns, records_of
from unify_connectors.known_header import Header
from unify_connectors.labels import OF_ANOTHER, OTHER, label_of

if TYPE_CHECKING:
    import pyarrow as pa

PRESET: Final = "headers/google.toml"

_NUMBERED: Final = re.compile(r"(.+) (\d+) - (.+)")
_BETWEEN: Final = re.compile(r"\s*:::\s*")
_LABELS: Final = ("Label", "Type")
_GATHERED: Final = re.compile(r"(.+) \((\w+(?: \d+)?)\)(?: - (.+))?")
_LISTS: Final = ("E-mail", "Phone")
_ADDRESS, _FORMATTED = "Address", "Formatted"
_MOST_ADDRESSES: Final = 9


@dataclass(frozen=True, slots=True)
class GoogleExport(AddressBook):
    """Contacts that Google exported as CSV, today or before.

    path: the file, folder or pattern.
    """

    preset: ClassVar[str] = PRESET

    def _with_meaning(self, records: pa.RecordBatch, header: Header) -> pa.RecordBatch:
        """The records; what is numbered is gathered by label: `Phone (mobile)`."""
        plain = with_meaning(records, header, self.preset)
        numbered = [name for name in header.english if _is_gathered(name)]
        if not numbered:
            return plain
        rows = records.select(numbered).to_pylist()
        gathered = records_of([_gathered(row) for row in rows], _COLUMNS)
        return _beside(_without_emails_as_names(plain.drop_columns(numbered)), gathered)


@cache
def _is_gathered(column: str) -> bool:
    match = _NUMBERED.fullmatch(column)
    fields = read_toml(PRESET)["numbered"].get(match[1]) if match else None
    return bool(match and fields and match[3] in (*fields, *_LABELS, _FORMATTED))


def _gathered(row: Mapping[str, str | None]) -> dict[str, str]:
    """What is numbered in a row, by kind and label: several values with `; ` between."""
    values: dict[str, list[str]] = defaultdict(list)
    for kind, parts in _entries(row):
        label = label_of(frozenset(parts.get(name, "") for name in _LABELS))
        if kind == _ADDRESS:
            _add_addresses(values, parts, label)
        for part in () if kind == _ADDRESS else read_toml(PRESET)["numbered"][kind]:
            column = f"{kind} ({_fitting(kind, label)})" if kind in _LISTS else f"{kind} - {part}"
            values[column] += _several(parts.get(part, ""))
    return dict(_joined(values))


def _entries(row: Mapping[str, str | None]) -> list[tuple[str, dict[str, str]]]:
    """Each kind and number with its parts; what the person prefers (`* Home`) goes first."""
    entries: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for column, value in row.items():
        if value and (match := _NUMBERED.fullmatch(column)):
            entries[match[1], match[2]][match[3]] = value
    preferred = sorted(entries.values(), key=lambda parts: not _is_preferred(parts))
    kinds = {id(parts): kind for (kind, _), parts in entries.items()}
    return [(kinds[id(parts)], parts) for parts in preferred]


def _is_preferred(parts: Mapping[str, str]) -> bool:
    return any(parts.get(name, "").startswith("*") for name in _LABELS)


def _fitting(kind: str, label: str) -> str:
    """An e-mail is the contact's whatever its label says, and no fax."""
    return OTHER if kind == "E-mail" and label in (OF_ANOTHER, "fax") else label


def _several(cell: str) -> list[str]:
    return [value for value in _BETWEEN.split(cell) if value]


def _add_addresses(values: dict[str, list[str]], parts: Mapping[str, str], label: str) -> None:
    """Each address in columns of its own, the second of a label as `home 2`."""
    label = label if label in ("work", "home") else OTHER
    fields = read_toml(PRESET)["numbered"][_ADDRESS]
    written = {part: _BETWEEN.split(parts.get(part, "")) for part in (*fields, _FORMATTED)}
    for place in range(min(max(map(len, written.values())), _MOST_ADDRESSES)):
        address = {part: texts[place] for part, texts in written.items() if place < len(texts)}
        address["Street"] = address.get("Street") or (
            "" if any(address.get(part) for part in fields) else address[_FORMATTED]
        )
        number = _free_number(values, label)
        for part in fields:
            if text := _on_one_line(address.get(part, "")):
                values[f"{_ADDRESS} ({number}) - {part}"] = [text]


def _free_number(values: Mapping[str, list[str]], label: str) -> str:
    """The label, or `home 2` where the contact has an address of that label already."""
    taken = {column.partition(" - ")[0] for column in values}
    numbers = chain([label], (f"{label} {number}" for number in count(2)))
    return next(number for number in numbers if f"{_ADDRESS} ({number})" not in taken)


def _on_one_line(text: str) -> str:
    return ", ".join(filter(None, (line.strip(" ,") for line in text.splitlines())))


def _joined(values: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    for column, listed in values.items():
        if column.partition(" (")[0] in _LISTS:
            yield from [(column, "; ".join(listed))] if listed else []
        else:
            further = "; ".join(listed[1:])
            yield from [(column, listed[0])] if listed else []
            yield from [(f"{column} further", further)] if further else []


@cache
def _meaning(column: str) -> Mapping[str, str]:
    numbered = read_toml(PRESET)["numbered"]
    if match := _GATHERED.fullmatch(column):
        kind, label, part = match.groups()
        field = NO_FIELD if label == OF_ANOTHER else numbered[kind][part or "Value"]
        return {"field": field, "label": label}
    kind, _, part = column.partition(" - ")
    return {"field": numbered.get(kind, {}).get(part, NO_FIELD)}


def _rank(column: str) -> tuple[int, str]:
    return 0, column


def _without_emails_as_names(records: pa.RecordBatch) -> pa.RecordBatch:
    """Google writes the e-mail as the first name of a contact that has nothing else."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for place, field in enumerate(records.schema):
        if (field.metadata or {}).get(b"field") in (b"given_name", b"full_name"):
            names = records.column(place)
            is_email = pc.match_substring(names, "@")
            kept = pc.if_else(is_email, pa.scalar(None, pa.string()), names)
            records = records.set_column(place, field, kept)
    return records


def _beside(left: pa.RecordBatch, right: pa.RecordBatch) -> pa.RecordBatch:
    import pyarrow as pa

    schema = pa.schema([*left.schema, *right.schema])
    return pa.RecordBatch.from_arrays([*left.columns, *right.columns], schema=schema)


_COLUMNS: Final = Columns((), _meaning, _rank)
