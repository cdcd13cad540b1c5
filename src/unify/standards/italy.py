"""Italian places: municipalities with their provinces, and what a postcode says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from unify.presets import read_lines, read_toml
from unify.standards.text import key

_SAINT: Final = re.compile(r"\b(?:san|sant|santa|santo|s)\b")
# `L Aquila`, whose apostrophe went.
_ARTICLE: Final = re.compile(r"\b(l|d|dell|nell|sull|dall|all) (?=\w)")
_PROVINCE_WORD: Final = re.compile(
    r"^(?:provincia|prov|citta metropolitana|libero consorzio comunale)(?: di| del| della)? "
)


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality, the two letters of its province, and its postcode where it has but one."""

    name: str
    province: str
    postcode: str | None


def municipalities(city: str | None) -> tuple[Municipality, ...]:
    """Those of the name, in any usual spelling; more than one where provinces share a name."""
    name = key(city)
    if name is None:
        return ()
    known = _municipalities()
    return known.get(spelling(name)) or known.get(spelling(_ARTICLE.sub(r"\1", name)), ())


def abbreviated(city: str) -> tuple[Municipality, ...]:
    """Those that a name shortens word by word: `Cernusco s/N` is Cernusco sul Naviglio."""
    words = spelling(key(city) or "").split()
    if len(words) < 2 or not any(len(word) > 3 for word in words):
        return ()
    return tuple(
        town for parts, town in _by_first_letter().get(words[0][0], ()) if _shortens(words, parts)
    )


def hamlet(city: str) -> str | None:
    """The city as written, where it is a part of another: Mestre of Venice."""
    return city if key(city) in read_toml("countries/it.toml")["parts"] else None


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


def municipalities_of(postcode: str) -> tuple[Municipality, ...]:
    """Those that use the postcode; a city of many is also found by its general one, `20100`."""
    return _by_postcode().get(postcode, ())


@dataclass(frozen=True, slots=True)
class _Postal:
    provinces: dict[str, tuple[str, ...]]
    names: dict[str, str]


@cache
def _postal() -> _Postal:
    table = read_toml("countries/it.toml")
    return _Postal(
        provinces={first: tuple(codes.split()) for first, codes in table["postcodes"].items()},
        names=table["provinces"],
    )


def spelling(name: str) -> str:
    """One spelling for `S.`, `San`, `Sant'` and `Santa`, so that any of them finds its town."""
    return _SAINT.sub("s", name)


@cache
def _listed() -> tuple[tuple[Municipality, tuple[str, ...]], ...]:
    """Every municipality with its postcodes, one or a range (`20121-20162`) each."""
    rows = (line.split("\t") for line in read_lines("countries/it_municipalities.txt"))
    return tuple(
        (Municipality(name, province, zones if zones.isdigit() else None), tuple(zones.split()))
        for name, province, _, zones in rows
    )


@cache
def _by_postcode() -> dict[str, tuple[Municipality, ...]]:
    found: dict[str, tuple[Municipality, ...]] = {}
    for municipality, zones in _listed():
        for postcode in (code for zone in zones for code in _range(zone)):
            found[postcode] = (*found.get(postcode, ()), municipality)
    for municipality, zones in _listed():
        # Cities are divided from 121 on (Rome from 118) since their general postcode went.
        if zones[0][2:5] in ("118", "121") or zones[0][3:5] == "21":
            found.setdefault(f"{zones[0][:3]}00", (municipality,))
    return found


def _range(zone: str) -> list[str]:
    first, _, last = zone.partition("-")
    return [f"{number:05}" for number in range(int(first), int(last or first) + 1)]


@cache
def _municipalities() -> dict[str, tuple[Municipality, ...]]:
    found: dict[str, tuple[Municipality, ...]] = {}
    for municipality, _ in _listed():
        for name in _keys(municipality.name):
            found[name] = (*found.get(name, ()), municipality)
    table = read_toml("countries/it.toml")
    for also, name in (*table["also"].items(), *table["parts"].items()):
        found.setdefault(also, found.get(spelling(key(name) or ""), ()))
    return found


@cache
def _by_first_letter() -> dict[str, list[tuple[list[str], Municipality]]]:
    found: dict[str, list[tuple[list[str], Municipality]]] = {}
    for municipality, _ in _listed():
        words = spelling(key(municipality.name) or "").split()
        found.setdefault(words[0][0], []).append((words, municipality))
    return found


def _shortens(words: list[str], whole: list[str]) -> bool:
    """Word for word the beginning, or the beginning and the end (`b mo`), of another's."""
    return len(words) == len(whole) and all(
        full.startswith(short) for short, full in zip(words, whole, strict=True)
    )


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
