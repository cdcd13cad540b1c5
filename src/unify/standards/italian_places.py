"""Which municipality an address means, by most of what city, province and postcode say."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, TypeVar

from unify.standards import italy
from unify.standards.italy import Municipality
from unify.standards.text import key

T = TypeVar("T")

# How alike a city and a municipality of its postcode are where one is a slip for the other.
_ALIKE: Final = 0.8


@dataclass(frozen=True, slots=True)
class Place:
    """A city in its official spelling, its province and its postcode; None where nothing tells."""

    city: str | None
    region: str | None
    postcode: str | None


def meant(city: str | None, province: str | None, postcode: str | None) -> Place:
    """The place meant: checked against the list of municipalities, completed where it is certain.

    Nothing is invented: what contradicts itself stays as written, and a city that is none of
    the list (a hamlet) keeps its name.
    """
    zoned = italy.municipalities_of(postcode) if postcode else ()
    zones = _provinces(zoned) or (italy.provinces_of(postcode) if postcode else ())
    town = _named(city, province, zoned, zones) if city else _only(_within(zoned, province))
    if town is None:
        return Place(None, province or _only(zones), postcode)
    return Place(town.name, town.province, postcode or town.postcode)


def _named(
    city: str,
    province: str | None,
    zoned: tuple[Municipality, ...],
    zones: tuple[str, ...],
) -> Municipality | None:
    """The municipality of the name; of several, the one that postcode or province tells."""
    found = italy.municipalities(city)
    if not found:
        short = _within(italy.abbreviated(city), *(zones or (province,)))
        return _only(short) or _misspelt(city, _within(zoned, province))
    if len(found) == 1:
        return None if _is_elsewhere(found[0], province, zones) else found[0]
    exact = tuple(town for town in found if town in zoned)
    for fitting in (exact, _within(found, province), _within(found, *zones)):
        if len(fitting) == 1:
            return fitting[0]
    return None


def _is_elsewhere(town: Municipality, province: str | None, zones: tuple[str, ...]) -> bool:
    """Whether province and postcode agree on another place: a hamlet bears the town's name."""
    return bool(province and province in zones and town.province not in (province, *zones))


def _misspelt(city: str, zoned: tuple[Municipality, ...]) -> Municipality | None:
    """The municipality of the postcode that a city is a slip for: `Milnao` in 20121."""
    written = key(city) or ""
    alike = [town for town in zoned if _likeness(written, key(town.name) or "") >= _ALIKE]
    return alike[0] if len(alike) == 1 else None


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _within(found: tuple[Municipality, ...], *provinces: str | None) -> tuple[Municipality, ...]:
    """Those of the provinces; all of them where no province is known."""
    known = [province for province in provinces if province]
    return tuple(town for town in found if not known or town.province in known)


def _provinces(found: tuple[Municipality, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(town.province for town in found))


def _only(found: tuple[T, ...]) -> T | None:
    return found[0] if len(found) == 1 else None
