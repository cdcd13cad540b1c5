"""What a source's columns mean: told by the configuration, the connector, or the header.

Header words are data (`configs/headers/contacts.toml`), in every language alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache

from anyascii import anyascii

from unify.connector import NO_FIELD
from unify.errors import ConfigError
from unify.fields import ADDRESS, ANY_NAME, HOUSE_NUMBER, Field
from unify.mapping import ColumnMapping
from unify.presets import read_toml

DEFAULT_LABEL = "other"


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it arrives: its name, and what its connector says it means (or nothing).

    `field` is `none` where the connector knows that it holds no standard field.
    """

    name: str
    field: str = ""
    label: str = ""


def map_columns(
    columns: Sequence[Column],
    configured: Mapping[str, Sequence[str]],
    own: Sequence[Field],
    *,
    where: str,
) -> tuple[ColumnMapping, ...]:
    """The field of every column that has one, in the source's order.

    The configuration decides first, then the connector, then the header.
    Raises ConfigError for a configured column that the source does not have.
    """
    told = _configured(columns, configured, where)
    silenced = {field for field, names in configured.items() if not any(names)}
    taken = {mapping.column for mapping in told} | {
        name for names in configured.values() for name in names
    }
    decided = {mapping.field for mapping in told} | silenced
    seen = [
        mapping
        for mapping in _resolved(
            [
                _native(column) or _own(column, own) or _by_header(column)
                for column in columns
                if column.name not in taken
            ],
            beside={mapping.field for mapping in told},
        )
        if mapping.field not in decided
    ]
    order = {column.name: place for place, column in enumerate(columns)}
    return tuple(sorted([*told, *seen], key=lambda m: (order[m.column], m.field)))


def header_words(header: str) -> str:
    """A header in the form the dictionary knows: `EMail-Adresse_2` → `e mail adresse 2`."""
    spaced = re.sub(r"(?<=[a-zà-ÿ0-9])(?=[A-ZÀ-Ý][a-zà-ÿ])", " ", header)
    # Letters by their sound, none dropped: `płeć` is the sex, and no `pec`.
    letters = [
        letter
        for letter in unicodedata.normalize("NFC", spaced)
        if letter.isascii() or unicodedata.category(letter)[0] != "S"
    ]
    plain = anyascii("".join(letters)).lower()
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def field_of_words(letters: str) -> str | None:
    """The field (or field:label) of a header's words, written together; None if unknown."""
    return _dictionary().get(letters)


def known_headers() -> list[str]:
    """Every header that is known, its words written together."""
    return list(_dictionary())


def _configured(
    columns: Sequence[Column], configured: Mapping[str, Sequence[str]], where: str
) -> list[ColumnMapping]:
    by_name = {column.name: column for column in columns}
    told = []
    for field, names in configured.items():
        for name in filter(None, names):
            if name not in by_name:
                raise ConfigError(
                    f"the source has no column '{name}' for {field}",
                    where=where,
                    remedy=f"Its columns: {', '.join(by_name)}.",
                )
            guess = _native(by_name[name]) or _by_header(by_name[name])
            label = guess.label if guess else DEFAULT_LABEL
            told.append(ColumnMapping(name, field, _label(field, label), "configuration"))
    return told


def _native(column: Column) -> ColumnMapping | None:
    if column.field in ("", NO_FIELD):
        return None
    return ColumnMapping(column.name, column.field, column.label or DEFAULT_LABEL, "connector")


def _own(column: Column, own: Sequence[Field]) -> ColumnMapping | None:
    words = header_words(column.name)
    for field in own:
        if words == header_words(field.name):
            return ColumnMapping(column.name, field.name, "", "header")
    return None


def _by_header(column: Column) -> ColumnMapping | None:
    if column.field == NO_FIELD:
        return None
    words = header_words(column.name)
    for form in (words, re.sub(r"\s*\d+$", "", words)):
        if target := _dictionary().get(form.replace(" ", "")):
            field, _, label = target.partition(":")
            return ColumnMapping(column.name, field, label or DEFAULT_LABEL, "header")
    return None


def _resolved(mappings: Sequence[ColumnMapping | None], *, beside: Set[str]) -> list[ColumnMapping]:
    """Names in one column or in two, streets with and without a number: told by the neighbours,
    those that the configuration put `beside` them included."""
    known = [mapping for mapping in mappings if mapping is not None]
    fields = {mapping.field for mapping in known} | beside
    return [_settled(mapping, fields) for mapping in known]


def _settled(mapping: ColumnMapping, beside: Set[str]) -> ColumnMapping:
    field = mapping.field
    if field == "name":
        field = _half_of_a_name(beside)
    elif field == HOUSE_NUMBER and "street" not in beside:
        field = "street"
    return ColumnMapping(mapping.column, field, _label(field, mapping.label), mapping.told_by)


def _half_of_a_name(beside: Set[str]) -> str:
    """`Nome` beside `Cognome` is a given name, `Nom` beside `Prénom` a family name."""
    if "family_name" in beside:
        return "given_name"
    return "family_name" if "given_name" in beside else ANY_NAME


def _label(field: str, label: str) -> str:
    """The label of a value that may have several; nothing for a field that has one."""
    return label if field in ("emails", "phones", HOUSE_NUMBER, *ADDRESS) else ""


@cache
def _dictionary() -> dict[str, str]:
    words: dict[str, list[str]] = read_toml("headers/contacts.toml")
    return {
        # Written apart or together: `Partita IVA` is `PartitaIVA`.
        header_words(header).replace(" ", ""): target
        for target, headers in words.items()
        for header in headers
    }
