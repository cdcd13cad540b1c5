"""Localities and hamlets named beside a street or a city: `Via Roma 12, Loc. Galluzzo`."""

from __future__ import annotations

import re
from typing import Final

from unify.standards import italy

_WORD: Final = r"(?:loc(?:alit[àa]'?|\.)|fraz(?:ione|\.)|fr\.|borgata|b\.ta)"
_MAY_HAVE: Final = re.compile(r"\b(?:loc|fr|borg|b\.ta)", re.IGNORECASE)
_AFTER_STREET: Final = re.compile(rf"[\s,;(-]+({_WORD}\s*[^\d,;()]+?)[\s)]*$", re.IGNORECASE)
_AFTER_CITY: Final = re.compile(rf"[\s,;(/-]+({_WORD}\s*[^,;()]+?)[\s)]*$", re.IGNORECASE)
_BEFORE_CITY: Final = re.compile(
    rf"^({_WORD}\s*[^,;()]+?)(?:\s*[,;(]\s*|\s+[-–]\s+|\s+(?:di|del)\s+)([^\s(][^()]*?)[\s)]*$",
    re.IGNORECASE,
)
_TWO_NAMES: Final = re.compile(r"\s*/\s*|\s+[-–]\s+|\s*\(\s*|\s*\)\s*|\s*,\s*")


def off_street(line: str) -> tuple[str, str | None]:
    """The street, and the locality written behind it."""
    found = _AFTER_STREET.search(line) if _MAY_HAVE.search(line) else None
    # A locality alone is the street.
    if found is None or not found.start():
        return line, None
    return line[: found.start()].strip(" ,;(-"), found[1]


def off_city(city: str) -> tuple[str, str | None]:
    """The city, and the locality in it: `Spoleto - Loc. Morgnano`, `Mestre`, `Mestre (Venezia)`."""
    if italy.municipalities(city):
        return city, italy.hamlet(city)
    if _MAY_HAVE.search(city):
        if found := _BEFORE_CITY.match(city):
            return (found[2], found[1]) if italy.municipalities(found[2]) else (city, None)
        if (found := _AFTER_CITY.search(city)) and found.start():
            return city[: found.start()].strip(" ,;(/-"), found[1]
    return _of_two(city)


def _of_two(city: str) -> tuple[str, str | None]:
    """`Bolzano/Bozen` is one town, `Galluzzo - Firenze` a part of one."""
    parts = [part for part in _TWO_NAMES.split(city) if part]
    towns = [(italy.municipalities(part), part) for part in parts]
    known = {found[0].name: part for found, part in reversed(towns) if found}
    if len(parts) != 2 or len(known) != 1:
        return city, None
    (town,) = known.values()
    rest = next((part for found, part in towns if not found), None)
    return town, rest
