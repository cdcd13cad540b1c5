"""Titles and suffixes of names: taken off and kept in their standard spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from unify.presets import read_toml

_NOT_LETTER: Final = re.compile(r"[\W\d_]+")
# `Sig. ra`, `Dott. ssa`: an ending that drifted away from its title.
_DRIFTED: Final = re.compile(
    r"\b(sig|dott|dr|prof|avv|gent|preg|spett|ill|egr|chiar)\s?\.\s*(r?na|ra|ssa|mo|ma|le|ri)\b\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Titles:
    """The titles of a name and the words that remain."""

    prefix: tuple[str, ...]
    words: tuple[str, ...]
    suffix: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    prefix: dict[str, str]
    suffix: dict[str, str]
    with_stop: frozenset[str]
    first_only: frozenset[str]
    italian_only: frozenset[str]


@cache
def _table() -> _Table:
    table = read_toml("names/titles.toml")
    rules = {name: frozenset(words) for name, words in table["rules"].items()}
    return _Table(prefix=table["prefix"], suffix=table["suffix"], **rules)


def split(text: str, country: str) -> Titles:
    """Titles anywhere before the last word, suffixes at the end; a name is never all titles."""
    words = _words(text)
    suffix = _suffix(words)
    kept = words[: len(words) - len(suffix)]
    prefix = [(word, _prefix(word, place, country)) for place, word in enumerate(kept)]
    names = tuple(word for word, title in prefix if not title)
    if not names:
        return Titles((), tuple(words), ())
    return Titles(tuple(title for _, title in prefix if title), names, suffix)


def spelt(text: str) -> str:
    """A field of titles, each in its standard spelling: `dott.` as Dott."""
    words = _words(text)
    return " ".join(_table().prefix.get(_letters(word), word) for word in words)


def spelt_suffix(text: str) -> str:
    """A field of suffixes, each in its standard spelling: `jr` as Jr."""
    return " ".join(_table().suffix.get(_letters(word), word) for word in text.split())


def _words(text: str) -> list[str]:
    return (_DRIFTED.sub(r"\1.\2", text) if "." in text else text).split()


def _suffix(words: list[str]) -> tuple[str, ...]:
    found: list[str] = []
    for word in reversed(words[1:]):
        spelling = _table().suffix.get(_letters(word))
        if spelling is None:
            break
        found.insert(0, spelling)
    return tuple(found)


def _prefix(word: str, place: int, country: str) -> str | None:
    table = _table()
    letters = _letters(word)
    if letters not in table.prefix:
        return None
    if letters in table.with_stop and "." not in word:
        return None
    if letters in table.first_only and place:
        return None
    if letters in table.italian_only and country != "IT":
        return None
    return table.prefix[letters]


def _letters(word: str) -> str:
    return word.lower() if word.isalpha() else _NOT_LETTER.sub("", word).lower()
