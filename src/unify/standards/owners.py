"""The person that a firm is named for: a sole trader, or the partner whose name it bears."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from unify.standards import kinds, legal_forms, names, titles
from unify.standards.name_lists import COUPLE, family_grade, given_grade, lean, particles
from unify.standards.names import PersonName
from unify.standards.text import clean, key

_AND_OTHERS: Final = re.compile(r"\s*(?:&|\be\b)\s*(?:c|f|figli|figlio|soci)\b.*$", re.IGNORECASE)
_OF: Final = re.compile(r"\bdi\s+(.+)$", re.IGNORECASE)


def named(written: str | None, country: str) -> PersonName | None:
    """Whom a firm's name names in full, as `Bar Blu di Rossi Mario & C.` does; else None."""
    text = clean(written)
    if text is None or not any(given_grade(word) for word in (key(text) or "").split()):
        return None
    found = legal_forms.take_off(text)
    for part in (found.tail, found.core):
        for candidate in _candidates(_AND_OTHERS.sub("", part)):
            if (person := _person(candidate, country)) is not None:
                return person
    return None


def _candidates(text: str) -> Iterator[str]:
    """What stands behind `di`, the whole, and what stands behind words that only firms have."""
    if found := _OF.search(text):
        yield found[1]
    yield text
    words = text.split()
    trade = False
    for place, word in enumerate(words):
        trade = trade or kinds.is_trade_word(word)
        if trade:
            yield " ".join(words[place + 1 :])


def _all_known(text: str, country: str) -> bool:
    """Whether but for its titles a name is made of names that the lists know, and initials."""
    words = (key(" ".join(titles.split(text, country).words)) or "").split()
    return 2 <= len(words) <= 4 and all(map(_is_name, words))


def _is_name(word: str) -> bool:
    known = given_grade(word) or family_grade(word) or word in particles().family
    return len(word) == 1 or bool(known)


def _person(text: str, country: str) -> PersonName | None:
    if kinds.firm_word(text) or not _all_known(text, country):
        return None
    name = names.standardise(full=text, country=country)
    if not (name.given and name.family) or not COUPLE.isdisjoint(name.given.split()):
        return None
    return None if lean(key(name.family) or "") > 0 else name
