"""Italian places: municipalities with their provinces, and what a postcode says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from unify.presets import read_lines, read_toml
from unify.standards.text import key

_SAINT: Final = re.compile(r"\b(?:san|sant|santa|santo|s)\b")
_PROVINCE_WORD: Final = re.compile(
    r"^(?:provincia|prov|citta metropolitana|libero consorzio comunale)(?: di| del| della)? "
)


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality and the two letters of its province."""

    name: str
    province: str


def municipalities(city: str | None) -> tuple[Municipality, ...]:
    """Those of the name, in any usual spelling; more than one where provinces share a name."""
    name = key(city)
    return _municipalities().get(spelling(name), ()) if name else ()


def province(written: str | None) -> str | None:
    """The two letters of a province from its letters or its name."""
    name = key(written)
    if name is None:
        return None
    name = _PROVINCE_WORD.sub("", name)
    if len(name) == 2 and name.upper() in _provinces():
        return name.upper()
    if found := _postal().names.get(name):
        return found
    return _towns().get(name)


def provinces_of(postcode: str) -> tuple[str, ...]:
    """The provinces a postcode can be in."""
    return _postal().provinces.get(postcode[:2], ())


def city_of(postcode: str) -> str | None:
    """The city that has the postcode to itself."""
    for city, (first, last) in _postal().cities.items():
        if first <= postcode <= last:
            return city
    return None


def only_postcode(city: str) -> str | None:
    """The one postcode of a provincial capital that is not divided into zones."""
    first, last = _postal().cities.get(city, ("", "-"))
    return first if first == last else None


@dataclass(frozen=True, slots=True)
class _Postal:
    provinces: dict[str, tuple[str, ...]]
    cities: dict[str, tuple[str, str]]
    names: dict[str, str]


@cache
def _postal() -> _Postal:
    table = read_toml("countries/it.toml")
    ranges = {city: zone.split("-") for city, zone in table["cities"].items()}
    return _Postal(
        provinces={first: tuple(codes.split()) for first, codes in table["postcodes"].items()},
        cities={city: (zone[0], zone[-1]) for city, zone in ranges.items()},
        names=table["provinces"],
    )


def spelling(name: str) -> str:
    """One spelling for `S.`, `San`, `Sant'` and `Santa`, so that any of them finds its town."""
    return _SAINT.sub("s", name)


@cache
def _municipalities() -> dict[str, tuple[Municipality, ...]]:
    found: dict[str, tuple[Municipality, ...]] = {}
    for line in read_lines("countries/it_municipalities.txt"):
        written, code, _ = line.split("\t")
        municipality = Municipality(written, code)
        for name in _keys(written):
            found[name] = (*found.get(name, ()), municipality)
    for also, name in read_toml("countries/it.toml")["also"].items():
        found.setdefault(also, found.get(spelling(key(name) or ""), ()))
    return found


def _keys(name: str) -> tuple[str, ...]:
    """`Sant'Angelo` is one word as a key, `S. Angelo` two: both find the town."""
    whole = spelling(key(name) or "")
    if "Sant'" not in name:
        return (whole,)
    return whole, spelling(key(name.replace("Sant'", "Sant ")) or "")


@cache
def _provinces() -> frozenset[str]:
    return frozenset(one.province for many in _municipalities().values() for one in many)


@cache
def _towns() -> dict[str, str]:
    """Provinces by the name of a town that no other town has; a province bears its capital's."""
    return {name: many[0].province for name, many in _municipalities().items() if len(many) == 1}
