"""The part of a person's name cleaned of what is no letter of it, and spelt for display."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from unify.standards.casing import accent, capital, proper
from unify.standards.name_lists import COUPLE, particles
from unify.standards.text import clean_name

_ELIDED: Final = re.compile(r"\b([dlo]|dell|dall|sant)'\s+(?=\w)", re.IGNORECASE)
_ALONE: Final = re.compile(r"\s[^\w\s,&]+(?=\s)")
_STRAY: Final = re.compile(r"^[\s,;:/|_*?!#+.-]+|[\s,;:/|_*?!#+-]+$")


def tidy(value: str | None) -> str | None:
    """The cleaned field, when a letter is left in it."""
    text = clean_name(value)
    if text is None:
        return None
    text = rejoined(_STRAY.sub("", _ALONE.sub(" ", text)))
    return text if any(letter.isalpha() for letter in text) else None


def rejoined(text: str) -> str:
    """`D' Amico` as D'Amico."""
    return _ELIDED.sub(r"\1'", text) if "'" in text else text


@lru_cache(maxsize=16_384)
def display(value: str | None, country: str) -> str | None:
    """Each word with its capital; None when there is no letter."""
    if value is None or not any(letter.isalpha() for letter in value):
        return None
    text = _STRAY.sub("", value)
    if country == "IT":
        return proper(accent(text), COUPLE) or None
    small = particles().small
    words = (word.lower() if word.lower() in small else capital(word) for word in text.split())
    return " ".join(words) or None
