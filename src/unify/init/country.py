"""The country that most of the contacts are of, by what can only be one country's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

import phonenumbers

from unify.standards import countries, identifiers

USUAL: Final = "IT"
_PREFIXED: Final = re.compile(r"(?:\+|00)[1-9][\d ()/.-]{7,16}")
_DOMAIN: Final = re.compile(r"@[\w.-]+\.([a-z]{2})\b(?!\.)", re.IGNORECASE)
_PERSON_ID: Final = re.compile(r"[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]", re.IGNORECASE)
_VAT: Final = re.compile(r"\d{11}")
_LEAST: Final = 5


def evidence(values: Iterable[str]) -> Counter[str]:
    """How many values are a country's own: numbers with its prefix, addresses in its domain."""
    found: Counter[str] = Counter()
    for value in values:
        if country := _country_of(value):
            found[country] += 1
    return found


def told(found: Counter[str]) -> tuple[str, str]:
    """The country, and why."""
    ranked = found.most_common(1)
    if not ranked or ranked[0][1] < _LEAST:
        return USUAL, "nothing tells another; it decides how phones, dates and tax ids are read"
    country, count = ranked[0]
    return country, f"{count} of {found.total()} values that tell a country are its own"


def _country_of(value: str) -> str | None:
    if len(value) > 60:
        return None
    if domain := _DOMAIN.search(value):
        code = domain[1].upper()
        return code if code in countries.codes() else None
    if _PREFIXED.fullmatch(value):
        return _of_number(value)
    if _PERSON_ID.fullmatch(value):
        return "IT"
    if _VAT.fullmatch(value):
        found = identifiers.vat_id(value, "IT")
        return "IT" if found and found.valid else None
    return None


def _of_number(value: str) -> str | None:
    try:
        number = phonenumbers.parse(re.sub(r"^00", "+", value), None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.region_code_for_number(number) or None
