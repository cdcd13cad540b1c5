"""Which words of a name are given and which are family: the order that the lists support best."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from unify.standards.name_lists import COMMON, lean, particles
from unify.standards.text import key

Custom = Literal["given", "family"]
"""Which name a source writes first."""

# Custom holds against a common name whose lean is not certain, and not against surer evidence.
_CUSTOM: Final = 3


def ordered(text: str, country: str, custom: Custom | None = None) -> tuple[list[str], list[str]]:
    """The given and the family part of a name in one field; a comma or the lists decide.

    `custom`: which name its source is known to write first.
    """
    head, comma, tail = text.partition(",")
    if comma and head.strip() and tail.strip(" ,"):
        return tail.replace(",", " ").split(), head.split()
    units = _units(text.replace(",", " ").split(), country)
    if len(units) < 2:
        return ([], units) if not units or lean(key(units[0]) or "") <= 0 else (units, [])
    leans = [_unit_lean(unit) for unit in units]
    cut, given_first = order(leans, country, custom or usual(country, text.isupper()), custom)
    return (units[:cut], units[cut:]) if given_first else (units[cut:], units[:cut])


def _units(words: list[str], country: str) -> list[str]:
    """Words with a particle before them belong together: `De Luca` is one."""
    units: list[str] = []
    held: list[str] = []
    for place, word in enumerate(words):
        held.append(word)
        if place < len(words) - 1 and _is_particle(word, place, country):
            continue
        units.append(" ".join(held))
        held = []
    return units + ([" ".join(held)] if held else [])


def _is_particle(word: str, place: int, country: str) -> bool:
    """`De`, `D'`; but an initial such as `D.` is a name, and outside Italy a bare `D` as well."""
    if len(word) == 1 and country != "IT":
        return False
    if word.endswith("."):
        return word.lower() in ("st.", "ste.")
    known = key(word)
    return known in particles().family or (place > 0 and known in particles().inside)


def usual(country: str, capitals: bool) -> Custom:
    """Which name comes first where nothing tells: in Italy, registers write in capitals and put
    family names first."""
    family = country in particles().family_first or (capitals and country == "IT")
    return "family" if family else "given"


def order(
    leans: Sequence[int], country: str, tie: Custom, custom: Custom | None = None
) -> tuple[int, bool]:
    """The cut and the order (given first or not) that the words' leans support best.

    `tie` decides where they support two alike; `custom` is what the source is known to do.
    """
    total, cuts = sum(leans), _cuts(len(leans), country)
    heads = {cut: sum(leans[:cut]) for cut in cuts}
    ways = [(2 * heads[cut] - total, True, cut) for cut in cuts]
    reverse = [(total - 2 * heads[cut], False, cut) for cut in reversed(cuts)]
    if custom == "family":
        reverse[0] = (reverse[0][0] + _CUSTOM, *reverse[0][1:])
    elif custom == "given" or not _mixes_orders(country):
        # Abroad the custom holds: only surer evidence than one common name overturns it.
        ways[0] = (ways[0][0] + _CUSTOM, *ways[0][1:])
    ordered = reverse + ways if tie == "family" else ways + reverse
    _, given_first, cut = max(ordered, key=lambda way: way[0])
    return cut, given_first


def _cuts(count: int, country: str) -> list[int]:
    """Where the given part can end, the usual place first: before the last word or two."""
    cuts = list(range(count - 1, 0, -1))
    if country in particles().two_families and count > 2:
        cuts.insert(0, cuts.pop(1))
    return cuts


def _mixes_orders(country: str) -> bool:
    return country in ("", "IT") or country in particles().family_first


def _unit_lean(unit: str) -> int:
    if " " in unit:
        return -COMMON
    return lean(key(unit) or "")
