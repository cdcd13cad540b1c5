"""Golden customers as Outlook takes contacts in: CSV of its own columns, in its user's language.

Outlook matches columns by their names in the language that it is installed in. An e-mail of a
contact has no label there, and there is room for three of them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from unify.errors import ConfigError, did_you_mean
from unify.exports.customers import Customers, Row
from unify.fields import ORGANIZATION
from unify.presets import read_toml

PRESET: Final = "headers/outlook.toml"
_SINGLE: Final = {
    "name_prefix": "Title",
    "given_name": "First Name",
    "middle_name": "Middle Name",
    "family_name": "Last Name",
    "name_suffix": "Suffix",
    "organization": "Company",
    "job_title": "Job Title",
    "birth_date": "Birthday",
    "website": "Web Page",
    "notes": "Notes",
    "customer_id": "Organizational ID Number",
}
_ADDRESS: Final = {
    "street": "Street",
    "city": "City",
    "region": "State",
    "postcode": "Postal Code",
    "country": "Country/Region",
}
_EMAILS: Final = ("E-mail Address", "E-mail 2 Address", "E-mail 3 Address")
_NO_ROOM: Final = "User 1"
_PHONES: Final = {
    "work": ("Business Phone", "Business Phone 2", "Company Main Phone"),
    "home": ("Home Phone", "Home Phone 2"),
    "mobile": ("Mobile Phone", "Car Phone", "Radio Phone"),
    "fax": ("Business Fax", "Home Fax", "Other Fax"),
    "other": ("Other Phone", "Primary Phone"),
}
_TAX_IDS: Final = ("Government ID Number", "Billing Information")


def write_outlook(customers: Customers, target: Path) -> None:
    """Write the contacts: UTF-8 with its mark, every value quoted. Raises ConfigError."""
    names = header(customers.language)
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(names.values())
        for row in customers.rows():
            values = contact(row, customers.language)
            writer.writerow([values.get(column, "") for column in names])


@cache
def header(language: str) -> Mapping[str, str]:
    """Outlook's columns in its order: the English name, and the one in a language.

    A language of which not all are known has fewer. Raises ConfigError for one that is not known.
    """
    preset = read_toml(PRESET)
    if language not in preset["headers"]:
        raise ConfigError(
            f"Outlook's columns are not known in the language '{language}'",
            where="--language",
            remedy=did_you_mean(language, preset["headers"]),
        )
    first = {english: name for name, english in reversed(preset["headers"][language].items())}
    # A name that Outlook gives to two columns is kept apart by `_2` in the preset.
    return {
        column: first[column].removesuffix("_2") for column in preset["columns"] if column in first
    }


def contact(row: Row, language: str) -> dict[str, str]:
    """A customer's values by the English names of Outlook's columns."""
    firm = row["kind"] == ORGANIZATION
    values = {column: row[field] or "" for field, column in _SINGLE.items()}
    if firm:
        values["Company"] = row["organization"] or row["full_name"] or ""
    elif not any(row[name] for name in ("given_name", "middle_name", "family_name")):
        values["Last Name"] = row["full_name"] or ""
    values["Notes"] = "\r\n".join(values["Notes"].splitlines())
    where = "Business" if firm else "Home"
    values |= {f"{where} {part}": row[field] or "" for field, part in _ADDRESS.items()}
    values |= dict(_emails([one["value"] for one in row["emails"]]))
    values |= dict(_phones(row["phones"]))
    values |= dict(zip(_TAX_IDS, _tax_ids(row, firm=firm), strict=False))
    if row["sex"]:
        values["Gender"] = _sexes(language)[row["sex"]]
    return values


def _emails(addresses: Sequence[str]) -> Iterator[tuple[str, str]]:
    for column, address in zip(_EMAILS, addresses, strict=False):
        yield from ((column, address), (column.replace("Address", "Type"), "SMTP"))
    yield _NO_ROOM, "; ".join(addresses[len(_EMAILS) :])


def _phones(phones: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    """The numbers by column; those that find no column of their label share its last one."""
    by_label: dict[str, list[str]] = {label: [] for label in _PHONES}
    for phone in phones:
        by_label[phone["label"] if phone["label"] in _PHONES else "other"].append(phone["value"])
    for label, columns in _PHONES.items():
        *alone, last = columns
        yield from zip(alone, by_label[label], strict=False)
        yield last, "; ".join(by_label[label][len(alone) :])


def _tax_ids(row: Row, *, firm: bool) -> Iterator[str]:
    order = ("vat_id", "tax_id") if firm else ("tax_id", "vat_id")
    return (row[field] for field in order if row[field])


def _sexes(language: str) -> Mapping[str, str]:
    """What Outlook calls the sexes."""
    sexes: Mapping[str, Mapping[str, str]] = read_toml(PRESET)["sexes"]
    return sexes.get(language, sexes["en"])
