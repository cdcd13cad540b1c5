"""What SQL may cut a house number off: streets of plain words, as regular expressions.

A word that leads to more than a street (a postal box, a staircase, a numbered road, a locality)
makes a line doubtful, and the whole of it is judged. RE2, which DuckDB runs, has no lookaround.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from unify.presets import read_toml
from unify.standards.streets import NUMBERED_ROADS

_LETTER: Final = "[A-Za-zÀ-ÖØ-öø-ÿ]"
_SIGN: Final = "(?:(?:n(?:um(?:ero)?|ro|r|°|º)?|civ(?:ico)?|no|nr)[.°º: ]*)"
# Letters that are as often damage as they are meant.
_DAMAGE: Final = "[ÂÃâ×÷]"


@cache
def bound() -> dict[str, object]:
    """What `cut_address.sql` is bound to."""
    words = "|".join((*_table()["beside"]["words"], *_numbered_roads()))
    return {
        "letters": f"{_LETTER}[A-Za-zÀ-ÖØ-öø-ÿ .'-]*?(?:{_LETTER}|[.'])",
        "sign": f"(?i:{_SIGN})",
        "not_plain": rf"{_DAMAGE}|^.[ ,]|(?i)(?:^|[^a-zà-ÿ])(?:{words})(?:[^a-zà-ÿ]|$)",
        "number_first": _table()["rules"]["number_first"],
    }


def _numbered_roads() -> list[str]:
    """The ways to write the types of road whose number is a name: `S.S. 16`."""
    table = _table()
    ways = [
        written
        for language in table["countries"]
        for kind in NUMBERED_ROADS
        for written in (kind.lower(), *table[language].get(kind, ()))
    ]
    return sorted({way.replace(" ", "[ .]*") for way in ways})


def _table() -> dict[str, Any]:
    return read_toml("countries/streets.toml")
