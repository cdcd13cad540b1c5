"""Contacts of which each has columns of its own, as batches of records."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from unify.connector import NO_FIELD, Batch, SetAside

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH: Final = 5_000  # contacts
_MOST_COLUMNS: Final = 500


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact: where it stands, and its values by column."""

    location: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a kind of address book always has, their order, and what they mean."""

    always: Sequence[str]
    meaning: Callable[[str], Mapping[str, str]]
    """The standard field of a column, and its label; nothing where it has none."""
    rank: Callable[[str], tuple[int, str]]
    told: bool = True
    """Whether a column without a meaning is known to have none; else its name may tell one."""


def contact_batches(
    entries: Iterable[Contact | SetAside], file: Path, columns: Columns
) -> Iterator[Batch]:
    """The contacts of a file; one batch without records where there are none."""
    contacts: list[Contact] = []
    aside: list[SetAside] = []
    none_yet = True
    for entry in entries:
        (contacts if isinstance(entry, Contact) else aside).append(entry)  # type: ignore[arg-type]
        if len(contacts) + len(aside) == _BATCH:
            yield _batch(contacts, aside, file, columns)
            contacts, aside, none_yet = [], [], False
    if contacts or aside or none_yet:
        yield _batch(contacts, aside, file, columns)


def _batch(
    contacts: Sequence[Contact], aside: Sequence[SetAside], file: Path, columns: Columns
) -> Batch:
    import pyarrow as pa

    records = records_of([contact.values for contact in contacts], columns)
    locations: pa.StringArray = pa.array([c.location for c in contacts], pa.string())
    return Batch(records, locations, os.fspath(file), tuple(aside))


def records_of(rows: Sequence[Mapping[str, str]], columns: Columns) -> pa.RecordBatch:
    """Rows as records, each column with its meaning."""
    import pyarrow as pa

    names = _names(rows, columns)
    arrays = [pa.array([row.get(name) for row in rows], pa.string()) for name in names]
    nothing = {"field": NO_FIELD} if columns.told else None
    fields = [pa.field(n, pa.string(), metadata=dict(columns.meaning(n)) or nothing) for n in names]
    return pa.RecordBatch.from_arrays(arrays, schema=pa.schema(fields))


def _names(rows: Sequence[Mapping[str, str]], columns: Columns) -> list[str]:
    """The columns in their order; what a broken file invents beyond measure is left out."""
    seen = dict.fromkeys(name for row in rows for name in row)
    beside = sorted((name for name in seen if name not in columns.always), key=columns.rank)
    return sorted([*columns.always, *beside[:_MOST_COLUMNS]], key=columns.rank)
