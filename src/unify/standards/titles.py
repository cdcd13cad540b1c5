"""Titles and suffixes of names: taken off and kept in their standard spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from unify.presets import read_toml

_NOT_LETTER: Final = re.compile(r"[\W\d_]+")
# `Sig. ra`, `Dott. ssa`: an ending that drifted away from its title.
_DRIFTED: Final = re.compile(
    r"\b(sig|dott|dr|prof|avv|gent|preg|spett|ill|egr|chiar)\s?\.\s*(r?na|ra|ssa|mo|ma|le|ri)\b\.?",
    re.IGNORECASE,
)


# Two words that are one title.
_TWO_WORDS: Final = re.compile(r"\b(?:(per)\.?\s?(ind)|(gr)\.?\s?(uff))\b", re.IGNORECASE)
_AT_LAW: Final = re.compile(r"\b(?:attorney|atty)\.?\s+at\s+law\b|\batty\b", re.IGNORECASE)
_OFFICE: Final = re.compile(r"^state\s+(?=(?:senator|representative)\s)", re.IGNORECASE)


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
    suffix_marked: frozenset[str]
    head_in_italy: frozenset[str]
    before_two: frozenset[str]


@cache
def _table() -> _Table:
    table = read_toml("names/titles.toml")
    rules = {name: frozenset(words) for name, words in table["rules"].items()}
    return _Table(prefix=table["prefix"], suffix=table["suffix"], **rules)


# A name is asked for its titles by who judges its kind, and again by who splits it.
@lru_cache(maxsize=16_384)
def split(text: str, country: str) -> Titles:
    """Titles anywhere before the last word, suffixes at the end; a name is never all titles."""
    words = _words(text)
    suffix = _suffix(words, text.isupper())
    kept = words[: len(words) - len(suffix)]
    head = len(kept) > 2
    prefix = [
        (word, _prefix(word, place, country, head and place == 0))
        for place, word in enumerate(kept)
    ]
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
    if "." in text:
        text = _TWO_WORDS.sub(lambda pair: "".join(filter(None, pair.groups())), text)
        text = _DRIFTED.sub(r"\1.\2", text)
    if " " in text and len(text) > 8:
        text = _OFFICE.sub("", _AT_LAW.sub("attorney", text))
    return text.split()


def _suffix(words: list[str], capitals: bool) -> tuple[str, ...]:
    found: list[str] = []
    for place in range(len(words) - 1, 0, -1):
        word = words[place]
        letters = _letters(word)
        spelling = _table().suffix.get(letters)
        marked = "." in word or words[place - 1].endswith(",") or (word.isupper() and not capitals)
        if spelling is None or (letters in _table().suffix_marked and not marked):
            break
        found.insert(0, spelling)
    return tuple(found)


def _prefix(word: str, place: int, country: str, head: bool) -> str | None:
    table = _table()
    letters = _letters(word)
    if letters not in table.prefix:
        return None
    if letters in table.with_stop and "." not in word:
        italian = head and country == "IT" and letters in table.head_in_italy
        return table.prefix[letters] if italian else None
    if (letters in table.first_only and place) or (letters in table.before_two and not head):
        return None
    if letters in table.italian_only and country != "IT":
        return None
    return table.prefix[letters]


def _letters(word: str) -> str:
    return word.lower() if word.isalpha() else _NOT_LETTER.sub("", word).lower()
