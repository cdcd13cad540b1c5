"""How far a value is a given name, a family name, a whole one, a firm's, a title or a position."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from unify.presets import read_toml
from unify.standards import kinds, titles
from unify.standards.name_lists import family_grade, given_grade, lean, particles
from unify.standards.text import clean_name, key

_NO_NAME: Final = re.compile(r"[\d@_/]")


def as_given(value: str, _country: str) -> float:
    """A given name, of one to three words."""
    words = _words(value)
    if not words:
        return 0.0
    return _degree(lean(words[0]), given_grade(words[0]))


def as_family(value: str, _country: str) -> float:
    """A family name, of one to three words, particles among them."""
    words = _words(value)
    if not words:
        return 0.0
    last = words[-1]
    if len(words) > 1 and words[0] in particles().family:
        return 1.0 if family_grade(last) or family_grade("".join(words)) else 0.5
    return _degree(-lean(last), family_grade(last))


def as_person(value: str, _country: str) -> float:
    """The whole name of a person."""
    if not 2 <= len(value.split()) <= 6 or _NO_NAME.search(value):
        return 0.0
    kind = _kind(value)
    return float(kind.kind == "person" and kind.certainty >= 0.6)


def as_firm(value: str, _country: str) -> float:
    """The name of a firm, by its legal form or a word that only firms have."""
    if "@" in value or len(value) > 90:
        return 0.0
    kind = _kind(value)
    return float(kind.kind == "organization" and kind.certainty >= 0.8)


def as_title(value: str, country: str) -> float:
    """A form of address alone: `Sig.ra`, `Dott.`"""
    if len(value) > 20 or _NO_NAME.search(value):
        return 0.0
    # What stands before a name and is no part of it.
    found = titles.split(f"{value} Rossi Bianchi", country)
    return float(bool(found.prefix) and len(found.words) == 2)


def as_job(value: str, _country: str) -> float:
    """A position at work."""
    if "@" in value or not 1 <= len(value.split()) <= 6:
        return 0.0
    return float(not _jobs().isdisjoint((key(value) or "").split()))


def _words(value: str) -> list[str]:
    """The words of what may be half a name; none where it cannot be."""
    if _NO_NAME.search(value) or not 1 <= len(value.split()) <= 3 or clean_name(value) is None:
        return []
    return (key(value) or "").split()


def _degree(leaning: int, grade: int) -> float:
    if not grade:
        return 0.0
    return 1.0 if leaning > 0 else 0.5 if leaning == 0 else 0.25


@lru_cache(maxsize=20_000)
def _kind(value: str) -> kinds.Kind:
    return kinds.decide(
        written_kind=None, full=value, given=None, family=None, organization=None,
        tax_id_is_person=None, vat_valid=False, birth_date=None,
    )  # fmt: skip


@cache
def _jobs() -> frozenset[str]:
    return frozenset(read_toml("content.toml")["jobs"]["words"])
