"""A card's properties as a contact's values, by column, and what each column means."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from unify_connectors.labels import OF_ANOTHER, OTHER, label_of
from unify_connectors.moments import spaced_out
from unify_connectors.vcard_values import Property

_NAME: Final = ("N family", "N given", "N additional", "N prefix", "N suffix")
_ADDRESS: Final = ("box", "street 2", "street", "city", "region", "code", "country")
_MOST_ADDRESSES: Final = 9  # of one label

_FIELDS: Final = {
    "KIND": "kind",
    "FN": "full_name",
    "N prefix": "name_prefix",
    "N given": "given_name",
    "N additional": "middle_name",
    "N family": "family_name",
    "N suffix": "name_suffix",
    "ORG": "organization",
    "TITLE": "job_title",
    "EMAIL": "emails",
    "TEL": "phones",
    "ADR street": "street",
    "ADR street 2": "street",
    "ADR city": "city",
    "ADR region": "region",
    "ADR code": "postcode",
    "ADR country": "country",
    "BDAY": "birth_date",
    "GENDER": "sex",
    "URL": "website",
    "NOTE": "notes",
}
_ORDER: Final = ("UID", *_FIELDS, "CATEGORIES", "REV")
_UNUSED: Final = frozenset(
    {"BEGIN", "END", "VERSION", "PRODID", "AGENT", "X-ABLABEL", "X-ABADR", "X-ABUID", "MEMBER"}
)
_ALIASES: Final = {
    "X-GENDER": "GENDER",
    "X-ADDRESSBOOKSERVER-KIND": "KIND",
    "X-EVOLUTION-WEBDAV-UID": "UID",
}
_LABELLED: Final = re.compile(r"(EMAIL|TEL|ADR) ([a-z_]+(?: \d+)?)(?: (.+))?")
_APPLE: Final = re.compile(r"_\$!<(.*)>!\$_")
# Apple's year for a birthday of which the year is not known.
_NO_YEAR: Final = re.compile(r"^1604-?(?=\d\d)")
_PHONE_URI: Final = re.compile(r"tel:", re.IGNORECASE)
_EXTENSION: Final = re.compile(r";\s*ext=", re.IGNORECASE)
_URI_PARAMETERS: Final = re.compile(r";\s*(?:phone-context|isub)=.*", re.IGNORECASE | re.DOTALL)


def contact_values(found: Sequence[Property]) -> dict[str, str]:
    """The values of a card by column: several of one kind and label joined with `; `."""
    labels = {p.group: _apple_label(p.text) for p in found if p.group and p.name == "X-ABLABEL"}
    values: dict[str, list[str]] = defaultdict(list)
    for prop in sorted(found, key=lambda p: (p.name == "LABEL", "pref" not in p.types)):
        words = prop.types | {labels[prop.group]} if prop.group in labels else prop.types
        for column, value in _values_of(prop, label_of(words), values):
            if value.strip() and value.strip() not in values[column]:
                values[column].append(value.strip())
    return dict(_joined(values))


@cache
def meaning(column: str) -> Mapping[str, str]:
    """The standard field that a column holds, and its label; nothing where it holds none."""
    if match := _LABELLED.fullmatch(column):
        name, label, part = match.groups()
        field = _FIELDS.get(f"{name} {part}" if part else name)
        return {"field": field, "label": label} if field and label != OF_ANOTHER else {}
    return {"field": _FIELDS[column]} if column in _FIELDS else {}


@cache
def column_rank(column: str) -> tuple[int, str]:
    """Where a column stands: identity, name, ways to reach, the rest by name."""
    match = _LABELLED.fullmatch(column)
    name = " ".join(filter(None, (match[1], match[3]))) if match else column
    return (_ORDER.index(name), column) if name in _ORDER else (len(_ORDER), column)


def _values_of(
    prop: Property, label: str, so_far: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, str]]:
    name = _ALIASES.get(prop.name, prop.name)
    if name == "N":
        yield from _name(prop)
    elif name == "ADR":
        yield from _address(prop, label, so_far)
    elif name == "ORG":
        yield from _organization(prop)
    elif name == "TEL":
        yield f"TEL {label}", _phone(prop.text)
    elif name == "EMAIL":
        yield f"EMAIL {OTHER if label in (OF_ANOTHER, 'fax') else label}", prop.text
    elif name == "GENDER":
        yield name, prop.text.partition(";")[0]
    elif name in ("CATEGORIES", "NICKNAME"):
        yield name, "; ".join(filter(None, prop.listed))
    elif name in ("BDAY", "REV"):
        yield name, _NO_YEAR.sub("--", spaced_out(prop.text))
    elif name == "LABEL" and not any(column.startswith("ADR ") for column in so_far):
        # An address as it is printed, of a card that has it in no parts.
        yield f"ADR {_of_an_address(label)} street", _on_one_line(prop.text)
    elif name == "X-ABSHOWAS":
        yield "KIND", "organization" if prop.text.strip().upper() == "COMPANY" else ""
    elif name not in _UNUSED:
        yield name, prop.text


def _name(prop: Property) -> Iterator[tuple[str, str]]:
    for column, parts in zip(_NAME, prop.parts, strict=False):
        between = ", " if column == "N suffix" else " "
        yield column, between.join(filter(None, parts))


def _address(
    prop: Property, label: str, so_far: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, str]]:
    parts = [_on_one_line(", ".join(filter(None, part))) for part in prop.parts]
    label = _of_an_address(label)
    numbered = (f"{label} {n}" if n > 1 else label for n in range(1, _MOST_ADDRESSES + 1))
    free = next((name for name in numbered if not _is_taken(name, so_far)), None)
    if free is None:
        yield "ADR", ", ".join(filter(None, parts))
    else:
        for part, value in zip(_ADDRESS, parts, strict=False):
            yield f"ADR {free} {part}", value


def _of_an_address(label: str) -> str:
    return label if label in ("work", "home") else OTHER


def _is_taken(label: str, so_far: Container[str]) -> bool:
    return any(f"ADR {label} {part}" in so_far for part in _ADDRESS)


def _organization(prop: Property) -> Iterator[tuple[str, str]]:
    names = [", ".join(filter(None, part)) for part in prop.parts]
    yield "ORG", names[0] if names else ""
    yield "ORG unit", ", ".join(filter(None, names[1:]))


def _phone(written: str) -> str:
    """The number of a `tel:` URI as people write it."""
    if not _PHONE_URI.match(written):
        return written
    number = _EXTENSION.sub(" ext. ", _PHONE_URI.sub("", written, count=1))
    return _URI_PARAMETERS.sub("", number)


def _joined(values: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Lists in one column; of what a contact has once, the others in a column beside."""
    for column, listed in values.items():
        if column in ("NOTE",):
            yield column, "\n".join(listed)
        elif meaning(column).get("field") in (None, "emails", "phones"):
            yield from [(column, "; ".join(listed))] if listed else []
        else:
            yield from zip((column, f"{column} further"), _first_and_rest(listed), strict=False)


def _first_and_rest(listed: Sequence[str]) -> list[str]:
    return [*listed[:1], *(["; ".join(listed[1:])] if listed[1:] else [])]


def _apple_label(text: str) -> str:
    """What Apple's `_$!<HomePage>!$_` says."""
    match = _APPLE.fullmatch(text.strip())
    return match[1] if match else text


def _on_one_line(text: str) -> str:
    lines = (line.strip(" ,") for line in text.splitlines())
    return ", ".join(filter(None, lines))
