"""What a header says when the dictionary does not know it as it stands."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, Literal

from unify.discovery import field_of_words, header_words, known_headers
from unify.presets import read_toml

Purpose = Literal["key", "updated", "created", "nothing", "other"]

_SHORTEST: Final = 5  # letters of a header that may hold a slip
_LONG: Final = 12
_NUMBERED: Final = re.compile(r"(?:[a-z]{1,2})? ?\d*")


def near(header: str) -> str | None:
    """The field (or field:label) of the known header that this one is but for a slip or a word.

    `Indirizo` is an address, `E-Mail adress` an e-mail, `Cliente cognome` a family name.
    """
    words = header_words(re.sub(r"\s*\d+$", "", header)).split()
    while words and words[-1].isdigit():
        words.pop()
    return _but_for_a_slip("".join(words)) or _but_for_a_word(words)


def purpose(header: str) -> Purpose | None:
    """What a column is for that holds no field of a contact, by its header."""
    words = header_words(header)
    bare = re.sub(r"[ \d]", "", words)
    for name in ("key", "updated", "created", "other", "nothing"):
        if words.replace(" ", "") in _whole(name) or (bare in _whole(name) and bare):
            return name
    if _NUMBERED.fullmatch(words) or not bare:
        return "nothing"
    return next((name for name in ("updated", "created", "key") if _has_word(words, name)), None)


def _has_word(words: str, purpose: str) -> bool:
    """Whether one of the words says so; for a key the others must name a record's kind."""
    table = read_toml("headers/records.toml")[purpose]
    said = [word for word in words.split() if not word.isdigit()]
    rest = [word for word in said if word not in table["words"]]
    return len(rest) < len(said) and ("things" not in table or set(rest) <= set(table["things"]))


def _but_for_a_slip(letters: str) -> str | None:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if len(letters) < _SHORTEST:
        return None
    most = 1 if len(letters) < _LONG else 2
    known = [word for word in known_headers() if word[0] == letters[0]]
    found = process.extract(letters, known, scorer=OSA.distance, score_cutoff=most, limit=5)
    # A slip in a short word makes another word.
    fields = {field_of_words(word) for word, *_ in found if len(word) >= _SHORTEST}
    return fields.pop() if len(fields) == 1 else None


def _but_for_a_word(words: list[str]) -> str | None:
    """The header without its first or its last word: `Cliente cognome`, `Email principale`."""
    for rest in (words[1:], words[:-1]):
        letters = "".join(rest)
        if len(letters) > 2 and (field := field_of_words(letters)):
            return field
    return None


@cache
def _whole(purpose: str) -> frozenset[str]:
    words = read_toml("headers/records.toml")[purpose]["whole"]
    return frozenset(header_words(word).replace(" ", "") for word in words)
