"""Countries by any of their names, as ISO 3166 alpha-2 codes."""

from __future__ import annotations

from functools import cache

from unify.presets import read_lines
from unify.standards.text import key


def standardise(written: str | None) -> str | None:
    """The code of a country written as name, code or car letter: `Italia`, `ITA`, `I` as IT."""
    name = key(written)
    return _codes().get(name) if name else None


def codes() -> frozenset[str]:
    """The codes of all countries."""
    return frozenset(_codes().values())


@cache
def _codes() -> dict[str, str]:
    rows = [line.split("\t") for line in read_lines("countries/names.txt")]
    names = {name: row[0] for row in rows for name in row[1:]}
    return names | {row[0].lower(): row[0] for row in rows}
