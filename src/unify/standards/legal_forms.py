"""Legal forms of the world: found in the name of a firm, taken off and spelt in one way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import Final

from unify.presets import read_toml
from unify.standards.text import key

# What may follow a legal form without being the name: the state of the firm, its owners.
_STATE: Final = (
    r"in\s+(?:liquidazione|liq\b\.?|fallimento|amministrazione\s+straordinaria|a\.\s?s\.|concordato"
    r"(?:\s+preventivo)?)(?:\s+(?:volontaria|coatta(?:\s+amministrativa)?))?|in\s+liquidation"
)
_TRAILER: Final = re.compile(
    rf"[\s,(\-–]+(?:(?P<state>{_STATE})|unipersonale|(?:con|a)\s+socio\s+unico"
    r"|società\s+unipersonale|società\s+benefit|s\.?b\.?)[\s.)]*$",
    re.IGNORECASE,
)
_MAY_TRAIL: Final = re.compile(
    r"liq|fallim|concordat|a\.\s?s\.|straord|unic|uniper|benefit|b\.?\W*$", re.I
)
_WORD: Final = re.compile(r"[^\s,;()/–-]+")
_NOT_LETTER: Final = re.compile(r"[\W_]+")
# Forms that are written without a blank: `株式会社トヨタ`.
_UNSPACED: Final = re.compile("(株式会社|有限会社|合同会社|股份有限公司|有限公司)")
# A form inside a name is believed when its owners, a branch or a place follow.
_FOLLOWED: Final = re.compile(
    r"\.?(?:[\s,]+(?:di|dei|del|della|fra|tra|&|c/o\b|e\s+c\b|[-–(/])|\s*[-–(,/])", re.IGNORECASE
)
_LIMITED: Final = re.compile(r"[\s,]+a\s?r\.?\s?l\.?$", re.IGNORECASE)
_AROUND: Final = " ,;(-–/)"
_BEFORE_WORD: Final = frozenset({"&", "e", "and", "con", "di", "de", "la", "the", "una", "in"})
_LONGEST: Final = 8


@dataclass(frozen=True, slots=True)
class Found:
    """A name without its legal form, what was said after the form, and the state of the firm."""

    core: str
    legal_form: str | None
    tail: str = ""
    state: str | None = None


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a name: its letters alone, and where it stands."""

    letters: str
    start: int
    end: int


@lru_cache(maxsize=4)  # Asked first whether there is a form, then for the name without it.
def take_off(name: str) -> Found:
    """The legal form at the end, before a tail (`di Rossi & C.`) or at the start, taken off."""
    text, state = _without_trailer(_spaced(name))
    words = _words(text)
    for start, end in chain(_last(words), _inside(words, text), _first(words, text)):
        head, written, rest = text[:start], text[start:end], text[end:]
        if _is_meant(head, written, rest):
            return _taken(head, written, rest, state)
    return Found(text, None, state=state)


def _taken(head: str, written: str, rest: str, state: str | None) -> Found:
    form = _spelling(written)
    head, tail = head.strip(_AROUND), rest.strip(_AROUND).lstrip(". ")
    if not head:
        return Found(_LIMITED.sub("", tail), form, state=state)
    if _letters(written) in _forms().beside and (also := take_off(head)).legal_form:
        form, head = f"{also.legal_form} {form}", also.core
    return Found(head, form, tail, state)


def _spelling(written: str) -> str:
    letters = _letters(written)
    if letters in _forms().by_signs:
        return _forms().signed.get(written.strip(" ,;").lower(), written)
    return _forms().spelling[letters]


def _spaced(name: str) -> str:
    return name if name.isascii() else _UNSPACED.sub(r" \1 ", name).strip()


def _without_trailer(name: str) -> tuple[str, str | None]:
    """The name without what follows its form, and the state that was said there."""
    text, state = name, None
    while _MAY_TRAIL.search(text) and (found := _TRAILER.search(text)):
        if not found.start():
            break
        text, state = text[: found.start()], found["state"] or state
    return text, key(state)


def _words(text: str) -> list[_Word]:
    found = (_Word(_letters(word[0]), word.start(), word.end()) for word in _WORD.finditer(text))
    return [word for word in found if word.letters]


@lru_cache(maxsize=20_000)
def _letters(written: str) -> str:
    if written.isascii():
        return _NOT_LETTER.sub("", written.lower())
    return (key(written) or "").replace(" ", "")


def _last(words: list[_Word]) -> Iterator[tuple[int, int]]:
    """The longest form that ends the name, then the shorter ones."""
    forms, letters, found = _forms(), "", []
    for word in reversed(words[-_LONGEST:]):
        letters = word.letters + letters
        if letters not in forms.ends:
            break
        if letters in forms.spelling:
            found.append((word.start, words[-1].end))
    yield from reversed(found)


def _inside(words: list[_Word], text: str) -> Iterator[tuple[int, int]]:
    for place in range(1, len(words)):
        for letters, end in _runs(words[place : place + _LONGEST]):
            if letters in _forms().inside and _FOLLOWED.match(text, end):
                yield words[place].start, end


def _first(words: list[_Word], text: str) -> Iterator[tuple[int, int]]:
    for letters, end in _runs(words[:_LONGEST]):
        stopped = letters in _forms().first_with_stops and "." in text[words[0].start : end]
        if stopped or letters in _forms().first:
            yield words[0].start, end


def _runs(words: list[_Word]) -> list[tuple[str, int]]:
    """The letters of words run together and where they end, the longest run first, as far as a
    form can begin so."""
    letters, runs = "", []
    for word in words:
        letters += word.letters
        if letters not in _forms().begins:
            break
        runs.append((letters, word.end))
    return runs[::-1]


def _is_meant(head: str, written: str, rest: str) -> bool:
    """Whether the letters are a form and not a word of the name: `SPA Benessere`, `Hotel & Spa`."""
    if not (key(head) or key(rest)):
        return False
    before = head.lower().split()
    if before and before[-1] in _BEFORE_WORD:
        return False
    letters = _letters(written)
    if letters == "spa" and "." not in written and not _forms().baths.isdisjoint(before):
        return False
    if letters in _forms().only_with_stops:
        return "." in written
    if letters in _forms().words_too:
        return "." in written or (written.isupper() and not (head.strip() or rest).isupper())
    return True


@dataclass(frozen=True, slots=True)
class _Forms:
    """Every way to write a form, by its letters alone, and the rules of where it is one."""

    spelling: dict[str, str]
    begins: frozenset[str]
    ends: frozenset[str]
    signed: dict[str, str]
    inside: frozenset[str]
    first: frozenset[str]
    first_with_stops: frozenset[str]
    only_with_stops: frozenset[str]
    words_too: frozenset[str]
    by_signs: frozenset[str]
    beside: frozenset[str]
    baths: frozenset[str]


@cache
def _forms() -> _Forms:
    table = read_toml("organizations/legal_forms.toml")
    rules = table["rules"]
    forms = {**table["world"], **table["italy"]}
    italian = [variant for written in table["italy"].values() for variant in written]
    spelling = {
        letters: form
        for group in ("world", "italy")
        for form, written in table[group].items()
        for letters in _compact([*written, form])
    }
    known = {*spelling, *_compact([*rules["inside_too"], *rules["first_too"]])}
    known |= _compact(rules["first_with_stops"])
    return _Forms(
        spelling=spelling,
        begins=frozenset(form[:size] for form in known for size in range(1, len(form) + 1)),
        ends=frozenset(form[-size:] for form in known for size in range(1, len(form) + 1)),
        signed={form.lower(): form for form in forms},
        inside=_compact([*italian, *rules["inside_too"]]),
        first=_compact(rules["first_too"]),
        **{
            name: _compact(rules[name])
            for name in (
                "first_with_stops",
                "only_with_stops",
                "words_too",
                "by_signs",
                "beside",
                "baths",
            )
        },
    )


def _compact(variants: Iterable[str]) -> frozenset[str]:
    return frozenset(_letters(variant) for variant in variants)
