"""What stands within a name and is no part of it: nicknames, names by marriage, numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from unify.standards.name_lists import family_grade, particles
from unify.standards.text import key

_PLAIN: Final = re.compile(r"[^\W\d_]*")
_QUOTED: Final = re.compile(r"\s*[(\[\"“”«]([^)\]\"“”»]*)[)\]\"“”»]\s*")
_MARRIED: Final = re.compile(
    r"(?<=\w)\s+(?:ved(?:ova|\.)|in|nata|coniug(?:ata|\.)|n[ée]e)\s+(?P<family>\S.*)$",
    re.IGNORECASE,
)
_MAY_BE_MARRIED: Final = re.compile(r"\s(?:ved|in|nata|coniug|n[ée]e)", re.IGNORECASE)
# A lone number tells two cards of one name apart; crosses stand where a name was not known.
_NO_NAME: Final = re.compile(r"(?<![^\s/])(?:\d+|x{3,})(?![^\s/])", re.IGNORECASE)
_MAY_BE_NO_NAME: Final = re.compile(r"\d|xxx", re.IGNORECASE)
_D_APART: Final = re.compile(r"(?<!\S)(D)\s+([AEIOUH]\w+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asides:
    """A name without its asides; `other_family` is by marriage, `ved. Bianchi`, or by birth."""

    text: str
    nickname: str | None = None
    other_family: str | None = None


def take_out(name: str, country: str, least: int = 1) -> Asides:
    """The name, of so many words at least, and what was said beside it."""
    if _PLAIN.fullmatch(name):
        return Asides(name)
    text, nickname = _unquoted(name)
    if country == "IT":
        text = _D_APART.sub(_elided, text)
    if _MAY_BE_NO_NAME.search(text):
        text = " ".join(_NO_NAME.sub(" ", text).split()) or text
    other = None
    if country == "IT" and _MAY_BE_MARRIED.search(text):
        text, other = _unmarried(text, least)
    return Asides(text, nickname, other)


def _unquoted(name: str) -> tuple[str, str | None]:
    found = _QUOTED.search(name)
    if found is None:
        return name, None
    text = _QUOTED.sub(" ", name).strip()
    called = found[1].strip()
    return (text, called if key(called) else None) if text else (name, None)


def _elided(found: re.Match[str]) -> str:
    """`D AMICO` as D'AMICO, where the lists know the family so; else D is an initial."""
    joined = family_grade(key(f"{found[1]}{found[2]}") or "")
    return f"{found[1]}'{found[2]}" if joined else found[0]


def _unmarried(text: str, least: int) -> tuple[str, str | None]:
    """`Rossi in Bianchi Maria` is Rossi Maria; a family name is one word and its particles."""
    found = _MARRIED.search(text)
    if found is None:
        return text, None
    words = found["family"].split()
    size = next((n for n, word in enumerate(words, 1) if key(word) not in particles().family), 1)
    rest = f"{text[: found.start()]} {' '.join(words[size:])}".split()
    if len(rest) < least:
        return text, None
    return " ".join(rest), " ".join(words[:size])
