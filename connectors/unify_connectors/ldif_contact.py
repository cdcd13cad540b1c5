"""An LDIF entry's attributes as a contact's values, by column, and what each column means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from unify.presets import read_toml
from unify_connectors.moments import spaced_out
from unify_connectors.text_encoding import SOUND, STRAYS, UNSOUND

PRESET: Final = "headers/ldif.toml"
DN, CHANGED, BORN = "dn", "modifyTimestamp", "dateOfBirth"
ENTRY_DN: Final = "entrydn"

_BORN_PARTS: Final = ("birthyear", "birthmonth", "birthday")
_MANY: Final = ("emails", "phones")


Attributes = Mapping[str, Sequence[str | bytes]]


def contact_values(attributes: Attributes, encoding: str) -> dict[str, str]:
    """The values of an entry by column: several e-mails or phones joined with `; `."""
    values: dict[str, list[str]] = {}
    for attribute, written in attributes.items():
        column = _column(attribute)
        texts = (_tidy(column, _text(value, encoding)) for value in written)
        values.setdefault(column, []).extend(filter(None, texts))
    return dict(_joined(_with_street(_with_birth_date(values))))


def why_no_contact(attributes: Attributes) -> str:
    """Why an entry is no contact; empty for one that is."""
    written = next((v for a, v in attributes.items() if a.lower() == "objectclass"), ())
    classes = [_text(value, SOUND).strip().lower() for value in written]
    known = read_toml(PRESET)["classes"]
    for what in ("machine", "group"):
        if any(name in known[what] for name in classes):
            return f"no contact but a {what}"
    if any(name in known["person"] for name in classes):
        return ""
    place = next((name for name in classes if name in known["place"]), "")
    return f"no contact ({place})" if place else ""


@cache
def meaning(column: str) -> Mapping[str, str]:
    """The standard field that a column holds, and its label; nothing where it holds none."""
    told: Mapping[str, str] = read_toml(PRESET)["fields"].get(column, {})
    return told


@cache
def column_rank(column: str) -> tuple[int, str]:
    """Where a column stands: the dn, what has a meaning, the rest by name."""
    order = (DN, *read_toml(PRESET)["fields"], CHANGED)
    return (order.index(column), column) if column in order else (len(order), column)


@cache
def _names() -> dict[str, str]:
    """Every attribute that has a name of ours, in small letters."""
    preset = read_toml(PRESET)
    own = (*preset["fields"], *preset["aliases"].values(), CHANGED)
    return {
        **{name.lower(): name for name in own},
        **{alias.lower(): name for alias, name in preset["aliases"].items()},
        ENTRY_DN: DN,
    }


def _column(attribute: str) -> str:
    return _names().get(attribute.lower(), attribute.lower())


def _text(value: str | bytes, encoding: str) -> str:
    """A value as text; the library leaves bytes that are no UTF-8."""
    if isinstance(value, str):
        return value
    if encoding in (SOUND, UNSOUND) or encoding.startswith("utf"):
        return value.decode("utf-8", STRAYS)
    return value.decode(encoding, "replace")


def _tidy(column: str, text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\0", "").strip()
    if column.lower().endswith("postaladdress"):
        return ", ".join(filter(None, (line.strip() for line in plain.split("$"))))
    if column == "labeledURI":
        # What stands behind the address is its title.
        return plain.partition(" ")[0]
    return spaced_out(plain) if column in (CHANGED, BORN) else plain


def _with_birth_date(values: dict[str, list[str]]) -> dict[str, list[str]]:
    """Thunderbird's year, month and day as one date."""
    parts = [values.get(part, [""])[0:1] for part in _BORN_PARTS]
    numbers = [part[0] for part in parts if part and part[0].isdigit()]
    if len(numbers) == len(_BORN_PARTS) and BORN not in values:
        year, month, day = map(int, numbers)
        return {**values, BORN: [f"{year:04}-{month:02}-{day:02}"]}
    return values


def _with_street(values: dict[str, list[str]]) -> dict[str, list[str]]:
    """An address in one attribute is the street of an entry that has no other."""
    whole = values.get("postaladdress")
    return {**values, "street": whole} if whole and "street" not in values else values


def _joined(values: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    for column, listed in values.items():
        if not listed:
            continue
        field = meaning(column).get("field")
        if field is None or field in _MANY:
            yield column, "; ".join(dict.fromkeys(listed))
        elif field == "notes":
            yield column, "\n".join(listed)
        else:
            yield column, listed[0]
            if len(listed) > 1:
                yield f"{column} further", "; ".join(listed[1:])
