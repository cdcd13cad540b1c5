"""The name of a person: its parts found, in order, properly spelt, and its given name's equals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from unify.standards import asides, name_lists, titles
from unify.standards.asides import Asides
from unify.standards.name_lists import lean
from unify.standards.name_order import Custom, ordered
from unify.standards.name_spelling import display, rejoined, tidy
from unify.standards.text import clean_name, key

_AND: Final = frozenset({"e", "ed", "&", "and", "und", "et"})
_PLAIN: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in its standard form.

    `full` is given, middle and family name in display form; `given_forms` are the keys
    the given name can stand for; `other_family` is a family name by marriage or by birth.
    """

    prefix: str | None = None
    given: str | None = None
    middle: str | None = None
    family: str | None = None
    suffix: str | None = None
    full: str | None = None
    given_forms: tuple[str, ...] = ()
    nickname: str | None = None
    other_family: str | None = None


@dataclass(frozen=True, slots=True)
class _Parts:
    prefix: str | None = None
    given: str | None = None
    middle: str | None = None
    family: str | None = None
    suffix: str | None = None
    nickname: str | None = None
    other_family: str | None = None


def standardise(
    *,
    full: str | None = None,
    prefix: str | None = None,
    given: str | None = None,
    middle: str | None = None,
    family: str | None = None,
    suffix: str | None = None,
    country: str = "IT",
    custom: Custom | None = None,
) -> PersonName:
    """A name in parts, from any mix of fields; the lists split a whole name in one field.

    `custom`: which name its source is known to write first in one field.
    """
    whole = _without_asides(tidy(full), country, least=2)
    first = _without_asides(tidy(given), country)
    last = _without_asides(tidy(family), country)
    reading = _Reading(country, custom)
    parts = _from_fields(whole.text, first.text, tidy(middle), last.text, reading)
    return _displayed(
        replace(
            _without_repeats(parts),
            prefix=_titles(prefix) or parts.prefix,
            suffix=_suffixes(suffix) or parts.suffix,
            nickname=whole.nickname or first.nickname or last.nickname,
            other_family=whole.other_family or last.other_family,
        ),
        country,
    )


def _without_asides(text: str | None, country: str, least: int = 1) -> Asides:
    return asides.take_out(text, country, least) if text else Asides("")


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
    text = tidy(written)
    if text is None or not _PLAIN.fullmatch(text):
        return None
    taken = titles.split(text, country)
    known = key(text) or ""
    if taken.prefix or taken.suffix or taken.words != (text,) or len(known) < 2:
        return None
    shown = display(text, country) or text
    return NamePart(
        display=shown,
        key=key(shown) or "",
        lean=lean(known),
        common_given=name_lists.given_grade(known) == name_lists.COMMON,
        common_family=name_lists.family_grade(known) == name_lists.COMMON,
        forms=name_lists.forms(shown),
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """As of which country a name is read, and which name its source writes first."""

    country: str
    custom: Custom | None


def _from_fields(
    full: str, given: str, middle: str | None, family: str, reading: _Reading
) -> _Parts:
    country = reading.country
    if given and family:
        return _two_fields(given, middle, family, country)
    if full and not (given or family):
        return _one_field(full, reading)
    only = given or family
    if not only:
        return _Parts(middle=middle)
    if full and key(only) != key(full):
        return _completed(full, given, family, country)
    split = _one_field(only, reading) if _is_whole(only) else _Parts(given=given, family=family)
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


def _completed(full: str, given: str, family: str, country: str) -> _Parts:
    known = given or family
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


def _one_field(full: str, reading: _Reading) -> _Parts:
    country = reading.country
    text = full if "/" not in full or "c/o" in full.lower() else full.replace("/", " ")
    taken = titles.split(rejoined(text), country)
    parts = replace(
        _couple(taken.words, reading) or _ordered(taken.words, reading),
        prefix=_joined(taken.prefix),
        suffix=_joined(taken.suffix),
    )
    return _in_their_places(_without_titles(parts, country))


def _ordered(words: Sequence[str], reading: _Reading) -> _Parts:
    given, family = ordered(" ".join(words), reading.country, reading.custom)
    first, middle = _first_and_middle(given, reading.country)
    return _Parts(given=first, middle=middle, family=_joined(family))


def _couple(words: Sequence[str], reading: _Reading) -> _Parts | None:
    """Two people in one name are neither: `Mario e Anna Rossi` is given `Mario e Anna`."""
    place = next((n for n, word in enumerate(words) if n and word.lower() in _AND), 0)
    if not place or place == len(words) - 1:
        return None
    one, other = _ordered(words[:place], reading), _ordered(words[place + 1 :], reading)
    families = [part.family for part in (one, other) if part.family]
    if not (one.given and other.given):
        return None
    return _Parts(given=f"{one.given} e {other.given}", family=" e ".join(dict.fromkeys(families)))


def _first_and_middle(given: list[str], country: str) -> tuple[str | None, str | None]:
    """Second names stay with the first in Italy; abroad, and as initials, they are middle names."""
    for place, word in enumerate(given):
        if place and (country != "IT" or len(word.rstrip(".")) == 1):
            return _joined(given[:place]), _joined(given[place:])
    return _joined(given), None


def _displayed(parts: _Parts, country: str) -> PersonName:
    given, middle, family = (
        display(value, country) for value in (parts.given, parts.middle, parts.family)
    )
    return PersonName(
        prefix=parts.prefix,
        given=given,
        middle=middle,
        family=family,
        suffix=parts.suffix,
        full=_joined(value for value in (given, middle, family) if value),
        given_forms=name_lists.forms(given, parts.nickname),
        nickname=parts.nickname,
        other_family=display(parts.other_family, country),
    )


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
