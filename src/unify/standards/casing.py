"""How names, firms and streets are spelt for display: capitals and final accents."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final

_LETTERS: Final = re.compile(r"[^\W\d_]+")
_SCOTTISH: Final = re.compile(r"mc[a-z]{3,}")
_ACCENT: Final = re.compile(r"(?<=\w\w\w)([aeiou])'(?=\s|$)", re.IGNORECASE)
_ELISION: Final = re.compile(r"(?<=\s)(?:Nell|Dell|Sull|All|Dall)'(?=\w)")
_ACCENTED: Final = {"a": "à", "e": "è", "i": "ì", "o": "ò", "u": "ù"}
_NONE: Final[frozenset[str]] = frozenset()


def proper(text: str, small: Container[str] = _NONE) -> str:
    """Each word written in one case gets its capital; a word of mixed case stays as written.

    The words in `small` are written small unless they come first.
    """
    words = text.split()
    return " ".join(
        word.lower() if place and word.lower() in small else capital(word)
        for place, word in enumerate(words)
    )


def capital(word: str) -> str:
    """`ROSSI` and `rossi` as Rossi, `D'AMICO` as D'Amico, `McDonald` as it is."""
    if not (word.isupper() or word.islower()):
        return word
    lowered = word.lower()
    if _SCOTTISH.fullmatch(lowered):
        return "Mc" + lowered[2:].capitalize()
    return _LETTERS.sub(lambda run: run[0].capitalize(), lowered)


def elided(text: str) -> str:
    """Articles before an apostrophe written small inside a name: `Via dell'Industria`."""
    return _ELISION.sub(lambda run: run[0].lower(), text) if "'" in text else text


def accent(text: str) -> str:
    """A final vowel and apostrophe as the accented vowel they stand for: `Nicolo'` as Nicolò."""
    return _ACCENT.sub(_accented, text) if "'" in text else text


def _accented(match: re.Match[str]) -> str:
    vowel = match[1]
    written = _ACCENTED[vowel.lower()]
    return written.upper() if vowel.isupper() else written
