"""What a source's owner needs to clean the source: which of its records are one, what differs.

Values are compared in standard form: a name in capitals differs from no name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from csv import writer
from pathlib import Path
from typing import Any, Final

from unify.fields import ADDRESS, LISTS, STANDARD
from unify.worksheets import Cells, Sheet, text_of, write

COLUMNS: Final = (
    "source_key", "customer_id", "standing", "duplicate_of", "field", "source_value",
    "golden_value",
)  # fmt: skip
SURVIVOR, DUPLICATE = "survivor", "duplicate"
# What kind a record is, is not the source's to say.
_FIELDS: Final = tuple(field.name for field in STANDARD if field.name != "kind")

_NOTHING: Final = (None, None, None)

Values = Mapping[str, Any]
Difference = tuple[str | None, str | None, str | None]


def write_back_xlsx(rows: Iterable[Cells], target: Path) -> None:
    """Write the pack as a spreadsheet."""
    write(target, [Sheet("Write back", COLUMNS, rows)])


def write_back_csv(rows: Iterable[Cells], target: Path) -> None:
    """Write the pack as CSV (RFC 4180, UTF-8)."""
    with target.open("w", encoding="utf-8", newline="") as file:
        into = writer(file)
        into.writerow(COLUMNS)
        into.writerows(rows)


def pack(records: Iterable[Values], filled: Collection[str]) -> Iterator[Cells]:
    """A row for each value of a record that differs; one with no field where none does.

    `records`: rows of `written_back`. `filled`: the fields of which the source holds any value:
    what it has no place for is not missing.
    """
    for record in records:
        key, survivor = record["source_key"], record["survivor"]
        standing = SURVIVOR if key == survivor else DUPLICATE
        head = (key, record["customer_id"], standing, survivor if standing == DUPLICATE else None)
        differing = list(differences(record, filled))
        yield from ((*head, *row) for row in differing or [_NOTHING])


def filled_fields(records: Iterable[Values]) -> set[str]:
    """The fields of which any record holds a value."""
    return {name for record in records for name, value in held(record).items() if value}


def differences(record: Values, filled: Collection[str]) -> Iterator[Difference]:
    """Field, the record's value, the golden value: where the two are not the same."""
    golden = record["golden"]
    for name, ours in held(record).items():
        if name in filled and not _same(name, ours, golden.get(name)):
            yield name, text_of(ours), text_of(golden.get(name))


def held(record: Values) -> dict[str, Any]:
    """A record's values by field, own ones too; of several addresses, that nearest the golden."""
    golden, single = record["golden"], record["single"]
    address = max(record["addresses"] or [{}], key=lambda one: _alike(one, golden))
    values = {**single, **address, "emails": record["emails"], "phones": record["phones"]}
    return {**{name: values.get(name) for name in _FIELDS}, **dict(single["own"] or {})}


def _alike(address: Values, golden: Values) -> int:
    return sum(address.get(name) == golden.get(name) for name in ADDRESS)


def _same(name: str, ours: Any, theirs: Any) -> bool:
    if name in LISTS:
        return {one["value"] for one in ours or ()} == {one["value"] for one in theirs or ()}
    return bool(ours == theirs)
