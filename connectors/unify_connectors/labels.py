"""What a value's own label says: of work, of home, a mobile, a fax, certified mail."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from unify.presets import read_toml

PRESET: Final = "headers/labels.toml"
OTHER: Final = "other"
OF_ANOTHER: Final = "of_another"
"""Numbers that are not the contact's: an assistant's, a pager's."""

_WORD: Final = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=4096)
def label_of(words: frozenset[str]) -> str:
    """The label that words of any language give; `other` where they give none.

    What is told first in the preset goes first: a `Work Fax` is a fax.
    """
    written = {form for text in words for form in _forms(text.casefold())}
    known = (label for label, listed in _listed().items() if not written.isdisjoint(listed))
    return next(known, OTHER)


def _forms(text: str) -> list[str]:
    """A label as a whole, and word by word: `Mobile (work)`, `home2`."""
    words = _WORD.findall(text)
    return [" ".join(words), *words]


@cache
def _listed() -> dict[str, frozenset[str]]:
    return {label: frozenset(words) for label, words in read_toml(PRESET)["labels"].items()}
