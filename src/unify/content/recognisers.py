"""The kinds of values that are known by themselves: one row a field, from the most telling on.

A recogniser gives how far a value is one of its field's, from 0 to 1; a column is of the field
when its values reach `least` on the average.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from unify.content.names import as_family, as_firm, as_given, as_job, as_person, as_title
from unify.content.places import (
    as_city,
    as_country,
    as_house_number,
    as_postcode,
    as_region,
    as_street,
)
from unify.presets import read_toml
from unify.standards import countries, dates, emails, identifiers, kinds, phones, sexes, websites
from unify.standards.text import key

DATE: Final = "date"
YES_OR_NO: Final = "yes or no"

_LETTER: Final = re.compile(r"[^\W\d_]")
_DIGIT: Final = re.compile(r"\d")
_DATE: Final = re.compile(
    r"(?:\d{1,4}[-/. ]{1,2}(?:\d{1,2}|[^\W\d_]{3,12})\.?[-/. ,]{1,2}\d{1,4}"
    r"|(?:19|20)\d{6}|[^\W\d_]{3,9}\.? \d{1,2},? \d{4})(?:[T ,].*)?"
)
_PERSON_ID: Final = re.compile(r"[A-Z]{6}(?=[A-Z]*\d)[0-9A-Z]{10}", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(?:[A-Z]{2} ?)?[\d .-]{7,15}[A-Z]?\d{0,3}", re.IGNORECASE)
_CHECKED: Final = re.compile(r"[A-Z]{2}[A-Z0-9]{8,12}", re.IGNORECASE)
_SEPARATED: Final = re.compile(r"[-/ .]")


@dataclass(frozen=True, slots=True)
class Recogniser:
    """A field, how far a value (of a country) is its, and what a column of it shows at least.

    `weight`: how little else looks like it; it settles which of several fields a column holds.
    """

    field: str
    degree: Callable[[str, str], float]
    least: float
    weight: float = 1.0


def _email(value: str, _country: str) -> float:
    return float("@" in value and bool(emails.standardise(value)))


def _website(value: str, _country: str) -> float:
    if "@" in value or " " in value or "." not in value:
        return 0.0
    domain = websites.domain(value) or ""
    return float(domain.rpartition(".")[2] in _last_labels())


@cache
def _last_labels() -> frozenset[str]:
    """Those of domains: countries, and some that are none."""
    return frozenset(code.lower() for code in countries.codes()) | frozenset(
        read_toml("content.toml")["domains"]["last"]
    )


def _tax_id(value: str, _country: str) -> float:
    bare = value.replace(" ", "")
    if not _PERSON_ID.fullmatch(bare):
        return 0.0
    found = identifiers.person_tax_id(bare, "IT")
    return 1.0 if found and found.valid else 0.5


def _vat_id(value: str, country: str) -> float:
    if not (_NUMBER.fullmatch(value) or _CHECKED.fullmatch(value)):
        return 0.0
    found = identifiers.vat_id(value, country)
    return float(found is not None and found.valid)


def _phone(value: str, country: str) -> float:
    digits = len(_DIGIT.findall(value))
    if digits < 6 or len(_LETTER.findall(value)) > digits or _is_date(value):
        return 0.0
    found = phones.standardise(value, country)
    if any(phone.valid for phone in found):
        return 1.0
    return 0.3 if found and _SEPARATED.search(value) else 0.0


def _is_date(value: str) -> bool:
    return bool(_DATE.fullmatch(value)) and dates.standardise(value, order="dmy").value is not None


def _date(value: str, _country: str) -> float:
    return float(_is_date(value))


def _sex(value: str, _country: str) -> float:
    if value.isdigit() or len(value) > 10 or sexes.standardise(value) is None:
        return 0.0
    return 1.0


def _kind(value: str, _country: str) -> float:
    if len(value) > 30 or not _LETTER.search(value):
        return 0.0
    said = kinds.decide(
        written_kind=value, full=None, given=None, family=None, organization=None,
        tax_id_is_person=None, vat_valid=False, birth_date=None,
    )  # fmt: skip
    return float(said.certainty > 0.9)


def _yes_or_no(value: str, _country: str) -> float:
    words = read_toml("words.toml")["consent"]
    return float((key(value) or "") in {*words["yes"], *words["no"]})


def _note(value: str, _country: str) -> float:
    return min(1.0, max(0, len(value.split()) - 2) / 4)


RECOGNISERS: Final = (
    Recogniser("emails", _email, 0.6),
    Recogniser("tax_id", _tax_id, 0.6),
    Recogniser("vat_id", _vat_id, 0.7),
    Recogniser("website", _website, 0.6),
    Recogniser(DATE, _date, 0.8),
    Recogniser("phones", _phone, 0.6),
    Recogniser("sex", _sex, 0.95, 1.1),
    Recogniser("kind", _kind, 0.9, 1.1),
    Recogniser("name_prefix", as_title, 0.8),
    Recogniser("postcode", as_postcode, 0.7),
    Recogniser("region", as_region, 0.8),
    Recogniser("country", as_country, 0.8),
    Recogniser("street", as_street, 0.5, 0.95),
    Recogniser("city", as_city, 0.6, 0.95),
    Recogniser("organization", as_firm, 0.45, 0.9),
    Recogniser("full_name", as_person, 0.5, 0.9),
    Recogniser("given_name", as_given, 0.55, 0.85),
    Recogniser("family_name", as_family, 0.5, 0.85),
    Recogniser("job_title", as_job, 0.5, 0.8),
    Recogniser(YES_OR_NO, _yes_or_no, 0.95, 0.5),
    Recogniser("house_number", as_house_number, 0.9, 0.3),
    Recogniser("notes", _note, 0.5, 0.2),
)
