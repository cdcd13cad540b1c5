"""Names in one column, judged word by word: few words make most names.

A name is plain when each of its words is a name to the lists and nothing else to anybody: no
title, particle, aside, legal form or firm's word. Then the words' leans alone tell which are
given and which are family names, and `names.standardise` says the same of the whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from unify.presets import read_toml
from unify.standards import name_lists, names, titles
from unify.standards.name_lists import COUPLE, lean, particles
from unify.standards.name_order import Custom, order
from unify.standards.name_spelling import display
from unify.standards.text import key

# Shorter ones are as likely a particle, an initial or a legal form.
SHORTEST = 3
# Words after which another name of the same person stands.
ASIDE = ("ved", "vedova", "nata", "coniug", "coniugata", "nee", "detto", "detta")
_LETTERS = "[A-Za-zÀ-ÖØ-öø-ÿ]"


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word of a name, and what the lists know of it; `known`: it makes a name plain."""

    display: str
    key: str
    lean: int
    known: bool
    given: bool
    family: bool
    common_given: bool
    compound: bool
    forms: tuple[str, ...]


def shape(country: str) -> str:
    """The shape of a plain name, as a regular expression: second names stay with the first in
    Italy alone, so that a name of three words is plain there alone."""
    word = f"{_LETTERS}+(?:'{_LETTERS}{{2,}})?"
    return f"{word}(?: {word}){{1,{2 if country == 'IT' else 1}}}"


def judge(written: str, country: str) -> NameWord:
    """What the lists know of a word of a name."""
    shown = display(written, country) or written
    word = key(shown) or ""
    given, family = name_lists.given_grade(word), name_lists.family_grade(word)
    return NameWord(
        display=shown,
        key=word,
        lean=lean(word),
        known=bool(given or family) and not _means_else(written, word, country),
        given=bool(given),
        family=bool(family),
        common_given=given == name_lists.COMMON,
        compound=word in particles().compound,
        forms=name_lists.forms(shown),
    )


def places(
    leans: str, country: str, tie: Custom, custom: Custom | None
) -> tuple[list[int], list[int]]:
    """The places, from 1, of the given and of the family names among words of some leans."""
    numbers = [int(one) for one in leans.split()]
    every = list(range(1, len(numbers) + 1))
    cut, given_first = order(numbers, country, tie, custom)
    head, tail = every[:cut], every[cut:]
    return (head, tail) if given_first else (tail, head)


def _means_else(written: str, word: str, country: str) -> bool:
    taken = titles.split(f"{written} {written}", country)
    return (
        len(word) < SHORTEST
        or " " in word
        or bool(taken.prefix or taken.suffix)
        or word in _other_words()
        or names.part(written, country) is None
    )


@cache
def _other_words() -> frozenset[str]:
    """Every word of the presets' phrases that are no names, and the words that stand in asides."""
    firms, forms = (
        read_toml("organizations/words.toml"),
        read_toml("organizations/legal_forms.toml"),
    )
    phrases = [*firms["anywhere"], *firms["first"], *firms["phrases"], *firms["spelt"]]
    for group in (forms["italy"], forms["world"]):
        phrases += [key(form) or "" for form in group]
        phrases += [written for ways in group.values() for written in ways]
    known = particles()
    return frozenset(word for phrase in phrases for word in phrase.split()) | {
        *known.family, *known.small, *known.inside, *COUPLE, *ASIDE,
    }  # fmt: skip
