"""Legal forms of the world: found in the name of a firm, taken off and spelt in one way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from unify.presets import read_toml
from unify.standards.text import key

# What may follow a legal form without being the name: the state of the firm, its owners.
_TRAILER: Final = re.compile(
    r"[\s,(\-–]+(?:in\s+(?:liquidazione|liq\.?|fallimento|amministrazione\s+straordinaria|concordato"
    r"(?:\s+preventivo)?)(?:\s+(?:volontaria|coatta(?:\s+amministrativa)?))?|unipersonale"
    r"|(?:con|a)\s+socio\s+unico|società\s+unipersonale|società\s+benefit|in\s+liquidation)[\s.)]*$",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\s,;()/–-]+")
_NOT_LETTER: Final = re.compile(r"[\W_]+")
# A form inside a name is believed when its owners, a branch or a place follow.
_FOLLOWED: Final = re.compile(
    r"\.?(?:[\s,]+(?:di|dei|del|della|fra|tra|&|e\s+c\b|[-–(])|\s*[-–(,])", re.IGNORECASE
)
_AROUND: Final = " ,;(-–/)"
_LONGEST: Final = 8


@dataclass(frozen=True, slots=True)
class Found:
    """A name without its legal form, and what was said after the form."""

    core: str
    legal_form: str | None
    tail: str = ""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a name: its letters alone, and where it stands."""

    letters: str
    start: int
    end: int


def take_off(name: str) -> Found:
    """The legal form at the end, before a tail (`di Rossi & C.`) or at the start, taken off."""
    text, trailer = _without_trailer(name)
    words = _words(text)
    for start, end in (*_last(words), *_inside(words, text), *_first(words)):
        head, written, rest = text[:start], text[start:end], text[end:]
        if _is_meant(head, written, rest):
            form = _forms().spelling[_letters(written)]
            head, tail = head.strip(_AROUND), rest.strip(_AROUND).lstrip(". ")
            return Found(head, form, tail) if head else Found(tail, form)
    return Found(text if trailer else name, None)


def _without_trailer(name: str) -> tuple[str, bool]:
    text = name
    while match := _TRAILER.search(text):
        text = text[: match.start()]
    return (text, text != name) if text.strip() else (name, False)


def _words(text: str) -> list[_Word]:
    found = (_Word(_letters(word[0]), word.start(), word.end()) for word in _WORD.finditer(text))
    return [word for word in found if word.letters]


def _letters(written: str) -> str:
    if written.isascii():
        return _NOT_LETTER.sub("", written.lower())
    return (key(written) or "").replace(" ", "")


def _last(words: list[_Word]) -> Iterator[tuple[int, int]]:
    """The longest form that ends the name, then the shorter ones."""
    for size in range(min(_LONGEST, len(words)), 0, -1):
        if _joined(words[-size:]) in _forms().spelling:
            yield words[-size].start, words[-1].end


def _inside(words: list[_Word], text: str) -> Iterator[tuple[int, int]]:
    for place in range(1, len(words)):
        for size in range(min(_LONGEST, len(words) - place), 0, -1):
            run = words[place : place + size]
            if _joined(run) in _forms().inside and _FOLLOWED.match(text, run[-1].end):
                yield run[0].start, run[-1].end


def _first(words: list[_Word]) -> Iterator[tuple[int, int]]:
    for size in range(min(_LONGEST, len(words)), 0, -1):
        if _joined(words[:size]) in _forms().first:
            yield words[0].start, words[size - 1].end


def _joined(words: list[_Word]) -> str:
    return "".join(word.letters for word in words)


def _is_meant(head: str, written: str, rest: str) -> bool:
    """Whether the letters are a form and not a word of the name: `SPA Benessere`, `Hotel & Spa`."""
    if not (key(head) or key(rest)):
        return False
    if head.rstrip().lower().endswith(("&", " e", " and", " con", " di", " de", " la", " the")):
        return False
    if _letters(written) in _forms().words_too:
        return "." in written or (written.isupper() and not (head.strip() or rest).isupper())
    return True


@dataclass(frozen=True, slots=True)
class _Forms:
    """Every way to write a form, by its letters alone; those found inside and before a name."""

    spelling: dict[str, str]
    inside: frozenset[str]
    first: frozenset[str]
    words_too: frozenset[str]


@cache
def _forms() -> _Forms:
    table = read_toml("organizations/legal_forms.toml")
    rules = table["rules"]
    spelling = {
        variant.replace(" ", ""): form
        for group in ("world", "italy")
        for form, written in table[group].items()
        for variant in (*written, key(form) or "")
    }
    italian = [variant for written in table["italy"].values() for variant in written]
    return _Forms(
        spelling,
        inside=_compact([*italian, *rules["inside_too"]]),
        first=_compact(rules["first_too"]),
        words_too=_compact(rules["words_too"]),
    )


def _compact(variants: list[str]) -> frozenset[str]:
    return frozenset(variant.replace(" ", "") for variant in variants)
