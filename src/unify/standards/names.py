"""The name of a person: its parts found, in order, properly spelt, and its given name's equals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from unify.standards import name_lists, titles
from unify.standards.casing import accent, capital, proper
from unify.standards.name_lists import lean, particles
from unify.standards.name_order import ordered
from unify.standards.text import clean_name, key

_ASIDE: Final = re.compile(r"\s*[(\[\"“”«][^)\]\"“”»]*[)\]\"“”»]\s*")
_ELIDED: Final = re.compile(r"\b([dlo]|dell|dall|sant)'\s+(?=\w)", re.IGNORECASE)
_PLAIN: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_ALONE: Final = re.compile(r"\s[^\w\s,]+(?=\s)")
_STRAY: Final = re.compile(r"^[\s,;:/|_*-]+|[\s,;:/|_*-]+$")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in its standard form.

    `full` is given, middle and family name in display form; `given_forms` are the keys
    the given name can stand for.
    """

    prefix: str | None = None
    given: str | None = None
    middle: str | None = None
    family: str | None = None
    suffix: str | None = None
    full: str | None = None
    given_forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Parts:
    prefix: str | None = None
    given: str | None = None
    middle: str | None = None
    family: str | None = None
    suffix: str | None = None


def standardise(
    *,
    full: str | None = None,
    prefix: str | None = None,
    given: str | None = None,
    middle: str | None = None,
    family: str | None = None,
    suffix: str | None = None,
    country: str = "IT",
) -> PersonName:
    """A name in parts, from any mix of fields; the lists split a whole name in one field."""
    whole, first, second, last = (_tidy(value) for value in (full, given, middle, family))
    parts = _without_repeats(_from_fields(whole, first, second, last, country))
    parts = replace(
        parts,
        prefix=_titles(prefix) or parts.prefix,
        suffix=_suffixes(suffix) or parts.suffix,
    )
    return _displayed(parts, country)


@dataclass(frozen=True, slots=True)
class NamePart:
    """A given or family name of one word in a field of its own, and what the lists know of it.

    A name of two such parts is `display` and `display`, unless they changed places: one leans
    to family names (below nought), the other to given names, and either is common as what it
    is not called.
    """

    display: str
    key: str
    lean: int
    common_given: bool
    common_family: bool
    forms: tuple[str, ...]


def part(written: str, country: str) -> NamePart | None:
    """A field that holds one plain word; None when the rest of the name matters to read it."""
    text = _tidy(written)
    if text is None or not _PLAIN.fullmatch(text):
        return None
    taken = titles.split(text, country)
    known = key(text) or ""
    if taken.prefix or taken.suffix or taken.words != (text,) or len(known) < 2:
        return None
    shown = _display(text, country) or text
    return NamePart(
        display=shown,
        key=key(shown) or "",
        lean=lean(known),
        common_given=name_lists.given_grade(known) == name_lists.COMMON,
        common_family=name_lists.family_grade(known) == name_lists.COMMON,
        forms=name_lists.forms(shown),
    )


def _from_fields(
    full: str | None, given: str | None, middle: str | None, family: str | None, country: str
) -> _Parts:
    if given and family:
        return _two_fields(given, middle, family, country)
    if full and not (given or family):
        return _one_field(full, country)
    only = given or family
    if only is None:
        return _Parts(middle=middle)
    if full and key(only) != key(full):
        return _completed(full, given, family, country)
    split = _one_field(only, country) if _is_whole(only) else _Parts(given=given, family=family)
    return replace(_without_titles(split, country), middle=middle or split.middle)


def _two_fields(given: str, middle: str | None, family: str, country: str) -> _Parts:
    """Each field as its header says, unless the lists are sure that the two changed places."""
    parts = _without_titles(_Parts(given=given, middle=middle, family=family), country)
    return _in_their_places(parts)


def _without_titles(parts: _Parts, country: str) -> _Parts:
    given, family = (
        titles.split(parts.given or "", country),
        titles.split(parts.family or "", country),
    )
    return replace(
        parts,
        prefix=_together(parts.prefix, *given.prefix, *family.prefix),
        given=_joined(given.words),
        family=_joined(family.words),
        suffix=_together(parts.suffix, *given.suffix, *family.suffix),
    )


def _in_their_places(parts: _Parts) -> _Parts:
    if not _changed_places(parts.given, parts.family):
        return parts
    return replace(parts, given=parts.family, family=parts.given)


def _changed_places(given: str | None, family: str | None) -> bool:
    first, last = key(given) or "", key(family) or ""
    if len(first) < 2 or len(last) < 2:
        return False
    # One list alone is noise: both must speak, and one of the words must be common.
    return (
        lean(first) < 0
        and lean(last) > 0
        and name_lists.COMMON in (name_lists.family_grade(first), name_lists.given_grade(last))
    )


def _without_repeats(parts: _Parts) -> _Parts:
    """`Rossi Mario` in the family field beside `Mario` in the given one is `Rossi`."""
    given, family = parts.given or "", parts.family or ""
    # Only a word that is surely the other part goes: Maria Rosa of the Rosa family keeps both.
    if lean(key(family) or "") < 0:
        given = " ".join(_rest(given.split(), family.split()))
    if lean(key(given) or "") > 0:
        family = " ".join(_rest(family.split(), given.split()))
    return replace(parts, given=given or None, family=family or None)


def _rest(words: list[str], repeated: list[str]) -> list[str]:
    keys = [key(word) for word in words]
    taken = [key(word) for word in repeated]
    size = len(taken)
    if not 0 < size < len(words):
        return words
    if keys[:size] == taken:
        return _rest(words[size:], repeated)
    return _rest(words[:-size], repeated) if keys[-size:] == taken else words


def _is_whole(text: str) -> bool:
    """Whether one field holds both names: a comma, or a word that is surely each."""
    if "," in text:
        return True
    leans = [lean(key(word) or "") for word in text.split() if len(word) > 2]
    return any(value > 0 for value in leans) and any(value < 0 for value in leans)


def _completed(full: str, given: str | None, family: str | None, country: str) -> _Parts:
    known = given or family or ""
    taken = titles.split(full, country)
    rest = _rest(
        [word.rstrip(",") for word in taken.words], list(titles.split(known, country).words)
    )
    if len(rest) == len(taken.words):
        return _without_titles(_Parts(given=given, family=family), country)
    missing = " ".join(rest)
    parts = _Parts(given=given or missing, family=family or missing)
    return replace(
        _without_titles(parts, country), prefix=_joined(taken.prefix), suffix=_joined(taken.suffix)
    )


def _one_field(full: str, country: str) -> _Parts:
    text = _ASIDE.sub(" ", full).strip() or full
    taken = titles.split(_ELIDED.sub(r"\1'", text), country)
    given, family = ordered(" ".join(taken.words), country)
    first, middle = _first_and_middle(given, country)
    parts = _Parts(_joined(taken.prefix), first, middle, _joined(family), _joined(taken.suffix))
    return _in_their_places(_without_titles(parts, country))


def _first_and_middle(given: list[str], country: str) -> tuple[str | None, str | None]:
    """Second names stay with the first in Italy; abroad, and as initials, they are middle names."""
    for place, word in enumerate(given):
        if place and (country != "IT" or len(word.rstrip(".")) == 1):
            return _joined(given[:place]), _joined(given[place:])
    return _joined(given), None


def _displayed(parts: _Parts, country: str) -> PersonName:
    given, middle, family = (
        _display(value, country) for value in (parts.given, parts.middle, parts.family)
    )
    return PersonName(
        prefix=parts.prefix,
        given=given,
        middle=middle,
        family=family,
        suffix=parts.suffix,
        full=_joined(value for value in (given, middle, family) if value),
        given_forms=name_lists.forms(given),
    )


def _display(value: str | None, country: str) -> str | None:
    if value is None or not any(letter.isalpha() for letter in value):
        return None
    text = _STRAY.sub("", value)
    small = particles().small
    if country == "IT":
        return proper(accent(text)) or None
    words = (word.lower() if word.lower() in small else capital(word) for word in text.split())
    return _joined(words)


def _tidy(value: str | None) -> str | None:
    """The cleaned field, when a letter is left in it."""
    text = clean_name(value)
    if text is None:
        return None
    text = _ELIDED.sub(r"\1'", _STRAY.sub("", _ALONE.sub(" ", text)))
    return text if any(letter.isalpha() for letter in text) else None


def _titles(value: str | None) -> str | None:
    text = clean_name(value)
    return titles.spelt(text) if text else None


def _suffixes(value: str | None) -> str | None:
    text = clean_name(value)
    return titles.spelt_suffix(text) if text else None


def _together(*titles_found: str | None) -> str | None:
    return _joined(dict.fromkeys(title for title in titles_found if title))


def _joined(words: Iterable[str]) -> str | None:
    return " ".join(words) or None
