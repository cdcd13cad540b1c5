"""How far a value is a street, a town, a province, a postcode or a country."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from unify.presets import read_toml
from unify.standards import countries, italy
from unify.standards.text import key

_DIGIT: Final = re.compile(r"\d")
_HOUSE: Final = re.compile(
    r"(?:n\.? ?)?\d{1,4} ?(?:[-/] ?)?(?:[a-z]|bis|ter|\d{1,3})?", re.IGNORECASE
)
_GERMAN: Final = re.compile(
    r"[^\W\d_]{3,}(?:str\.|straße|strasse|weg|platz|gasse|allee)\b.*", re.IGNORECASE
)
_NUMBER_FIRST: Final = re.compile(r"\d{1,5}[a-z]?,? (.+)", re.IGNORECASE)
_FIVE: Final = re.compile(r"\d{5}")
_SHORT_WAY: Final = 2  # letters: `V. Roma 3` is a street, `V Rossi` none


def as_street(value: str, country: str) -> float:
    """A street with or without a number, or a whole address in one line."""
    if "@" in value or " " not in value.strip():
        return 0.0
    if _GERMAN.match(value):
        return 1.0
    found = _NUMBER_FIRST.match(value)
    plain = key(found[1] if found else value) or ""
    if country in _number_first() and found:
        return float(_ends_as_street(plain) or _begins_as_street(plain, numbered=True))
    return float(_begins_as_street(plain, numbered=bool(_DIGIT.search(value))))


def as_city(value: str, _country: str) -> float:
    """A municipality of Italy, or a known part of one."""
    if _DIGIT.search(value) or len(value) > 40 or len(value) < 3:
        return 0.0
    bare = value.partition("(")[0].strip() or value
    if italy.municipalities(bare) or italy.hamlet(bare):
        return 1.0
    return 0.5 if italy.abbreviated(bare) else 0.0


def as_region(value: str, country: str) -> float:
    """A province or a region of Italy."""
    plain = key(value) or ""
    if _DIGIT.search(value) or not plain:
        return 0.0
    if plain in read_toml("content.toml")["regions"].get(country, ()):
        return 1.0
    if italy.province(value) is None:
        return 0.0
    return 1.0 if len(plain) == 2 else 0.6


def as_postcode(value: str, country: str) -> float:
    """A postcode: in Italy one that a municipality has, elsewhere one of its country's shape."""
    written = value.strip().upper()
    if country == "IT" and _FIVE.fullmatch(written):
        return float(bool(italy.municipalities_of(written)))
    if country != "IT" and (shape := _shapes("here").get(country)) and shape.fullmatch(written):
        return 0.9
    return float(any(shape.fullmatch(written) for shape in _shapes("sure").values()))


def as_country(value: str, _country: str) -> float:
    """A country by its name or code."""
    if _DIGIT.search(value) or countries.standardise(value) is None:
        return 0.0
    if len(value.strip()) == 1:
        return 0.3
    return 0.7 if italy.province(value) else 1.0


def as_house_number(value: str, _country: str) -> float:
    """A house number alone."""
    return float(bool(_HOUSE.fullmatch(value.strip())))


def _begins_as_street(plain: str, *, numbered: bool) -> bool:
    words = plain.split()
    for count in (3, 2, 1):
        way = " ".join(words[:count])
        if way in _ways(False) and len(words) > count:
            return numbered or len(way.replace(" ", "")) > _SHORT_WAY
    return False


def _ends_as_street(plain: str) -> bool:
    return any(word in _ways(True) for word in plain.split()[1:])


@cache
def _ways(type_last: bool) -> frozenset[str]:
    """How the kinds of streets are written, in the languages that put them last or first."""
    table = read_toml("countries/streets.toml")
    languages = [
        language
        for language in table["countries"]
        if (language in table["rules"]["type_last"]) == type_last
    ]
    kinds = [kind for language in languages for kind in table.get(language, {}).items()]
    return frozenset(key(way) or "" for kind, ways in kinds for way in (kind, *ways))


@cache
def _number_first() -> frozenset[str]:
    return frozenset(read_toml("countries/streets.toml")["rules"]["number_first"])


@cache
def _shapes(kind: str) -> dict[str, re.Pattern[str]]:
    table = read_toml("content.toml")["postcodes"][kind]
    return {country: re.compile(shape) for country, shape in table.items()}
