"""Why a written value has no standard form, in a few words."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Final

from unify.standards import (
    consents,
    countries,
    dates,
    emails,
    identifiers,
    names,
    organizations,
    phones,
    sexes,
    text,
    websites,
)
from unify.standards.dates import Order

_NAMES: Final = frozenset({"full_name", "given_name", "middle_name", "family_name"})
_STAND_IN: Final = "a stand-in"


def why_nothing(
    field: str, written: str | None, *, country: str = "IT", order: Order = "dmy"
) -> str | None:
    """The reason for which a field's value has no standard form; None where it has one.

    `country` and `order` are those that the value is read as of.
    """
    if field in ("birth_date", "updated"):
        return _of_date(written, field, order)
    if field in _NAMES:
        return _of_name(written, country)
    asked = _asked().get(field)
    nothing = text.why_nothing(written)
    return nothing if nothing or asked is None else asked(written or "", country)


def _of_date(written: str | None, field: str, order: Order) -> str | None:
    if field == "updated" and dates.instant(written, order=order):
        return None
    found = dates.standardise(written, order=order).reason
    return text.why_nothing(written) or "empty" if found == "empty" else found


def _of_name(written: str | None, country: str) -> str | None:
    # Words for nothing are family names now and then (Null, Test): only their shape tells.
    if names.standardise(full=written, country=country).full:
        return None
    return text.why_nothing(written) or "no letters"


def _of_organization(written: str, _country: str) -> str | None:
    return None if organizations.standardise(written).name else "no letters"


def _of_email(written: str, _country: str) -> str | None:
    if emails.standardise(written):
        return None
    if written.count("@") != 1:
        return "no @" if "@" not in written else "more than one @"
    mailbox, _, domain = written.partition("@")
    return _STAND_IN if text.key(mailbox) and text.key(domain) else "half an address"


def _of_phone(written: str, country: str) -> str | None:
    if phones.standardise(written, country):
        return None
    digits = sum(letter.isdigit() for letter in written)
    if not digits:
        return "no digits"
    return phones.why_no_length(digits) or _STAND_IN


def _of_identifier(written: str, country: str) -> str | None:
    if any(identifiers.either(written, country)):
        return None
    letters = sum(letter.isalnum() for letter in written)
    return "too short" if letters < identifiers.SHORTEST else _STAND_IN


def _known(
    standard: Callable[[str], str | None], reason: str, written: str, _country: str
) -> str | None:
    return None if standard(written) else reason


@cache
def _asked() -> dict[str, Callable[[str, str], str | None]]:
    return {
        "organization": _of_organization,
        "emails": _of_email,
        "phones": _of_phone,
        "tax_id": _of_identifier,
        "vat_id": _of_identifier,
        "any_id": _of_identifier,
        "website": partial(_known, websites.standardise, "no host"),
        "country": partial(_known, countries.standardise, "not a country we know"),
        "sex": partial(_known, sexes.standardise, "neither sex"),
        "consent_marketing": partial(_known, consents.standardise, "neither yes nor no"),
    }
