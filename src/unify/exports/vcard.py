"""Golden customers as vCards 4.0 (RFC 6350), one card a customer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from unify.exports.customers import Customers, Row
from unify.fields import ORGANIZATION

_LINE: Final = 75  # octets
_TYPES: Final = {"work": "work", "home": "home", "mobile": "cell", "fax": "fax", "pec": "x-pec"}
_NAME: Final = ("family_name", "given_name", "middle_name", "name_prefix", "name_suffix")
_ADDRESS: Final = ("street", "city", "region", "postcode", "country")
_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_SPECIAL: Final = re.compile(r"([\\,;])")
_LINE_END: Final = re.compile(r"\r\n?|\n")


def write_vcards(customers: Customers, target: Path) -> None:
    """Write the cards in UTF-8, lines folded at 75 octets."""
    with target.open("wb") as file:
        for row in customers.rows():
            for line in card(row):
                file.write(folded(line))


def card(row: Row) -> Iterator[str]:
    """The lines of a customer's card, not yet folded."""
    firm = row["kind"] == ORGANIZATION
    yield from ("BEGIN:VCARD", "VERSION:4.0")
    yield f"KIND:{'org' if firm else 'individual'}"
    yield f"UID;VALUE=text:{_text(row['customer_id'])}"
    # RFC 6350 asks for one, also of who has no name.
    yield f"FN:{_text(row['full_name'])}"
    if not firm and any(row[name] for name in _NAME):
        yield f"N:{_parts(row, _NAME)}"
    yield from _lines("ORG", row["organization"])
    yield from _lines("TITLE", row["job_title"])
    yield from _labelled("EMAIL", row["emails"])
    yield from _labelled("TEL", row["phones"])
    if any(row[name] for name in _ADDRESS):
        yield f"ADR;TYPE={'work' if firm else 'home'}:;;{_parts(row, _ADDRESS)}"
    yield from _day(row["birth_date"])
    yield from _lines("GENDER", row["sex"])
    yield from _lines("URL", row["website"])
    yield from _lines("NOTE", row["notes"])
    yield from _lines("REV", (row["updated"] or "").replace("-", "").replace(":", ""))
    yield "END:VCARD"


def folded(line: str) -> bytes:
    """A line as it stands in the file: no longer than 75 octets, cut between letters only."""
    rest, pieces, room = line.encode(), [], _LINE
    while len(rest) > room:
        cut = room
        # An octet that goes on with a letter begins with the bits 10.
        while rest[cut] & 0xC0 == 0x80:
            cut -= 1
        pieces.append(rest[:cut])
        rest, room = rest[cut:], _LINE - 1
    return b"\r\n ".join([*pieces, rest]) + b"\r\n"


def _lines(name: str, value: str | None) -> Iterator[str]:
    if value:
        yield f"{name}:{_text(value)}"


def _labelled(name: str, values: list[dict[str, str]]) -> Iterator[str]:
    for place, one in enumerate(values):
        kind = _TYPES.get(one["label"])
        parameters = (";PREF=1" if not place else "") + (f";TYPE={kind}" if kind else "")
        yield f"{name}{parameters}:{_text(one['value'])}"


def _day(written: str | None) -> Iterator[str]:
    """A date without signs between its parts, as vCard 4.0 has it."""
    if written:
        day = _DAY.fullmatch(written)
        yield f"BDAY:{''.join(day.groups())}" if day else f"BDAY;VALUE=text:{_text(written)}"


def _parts(row: Row, names: tuple[str, ...]) -> str:
    return ";".join(_text(row[name]) for name in names)


def _text(value: str | None) -> str:
    """A value with what would end it escaped."""
    return _LINE_END.sub(r"\\n", _SPECIAL.sub(r"\\\1", value or ""))
