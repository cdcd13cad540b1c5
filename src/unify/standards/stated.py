"""The standard form of a value that a person states for a field, or the reason why it has none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from unify.fields import ORGANIZATION, PERSON, Field
from unify.standards import consents, countries, dates, emails, identifiers, phones, sexes, websites
from unify.standards.text import clean, clean_name

Form = Callable[[str, str], str | None]

WANTED: Final[Mapping[str, str]] = {
    "kind": f"{PERSON} or {ORGANIZATION}",
    "emails": "one e-mail address",
    "phones": "one phone number",
    "country": "a country, such as IT or Italia",
    "birth_date": "a day, such as 1980-05-12",
    "sex": "M or F",
    "tax_id": "a codice fiscale or tax id that passes its check",
    "vat_id": "a partita IVA or VAT id that passes its check",
    "website": "an address on the web",
    "consent_marketing": "yes or no",
}
"""What a value of a field has to be, where not any text will do."""


def standard_form(field: Field, written: str, country: str) -> str | None:
    """What is compared and published for a written value; nothing where it is no such value.

    `country`: how a local phone number, date or tax id is read.
    """
    form = _FORMS.get(field.name) or _BY_KIND.get(field.kind, _text)
    return form(written, country)


def _kind(written: str, country: str) -> str | None:  # noqa: ARG001
    return written if written in (PERSON, ORGANIZATION) else None


def _email(written: str, country: str) -> str | None:  # noqa: ARG001
    found = emails.standardise(written)
    return found[0].value if len(found) == 1 and found[0].valid else None


def _phone(written: str, country: str) -> str | None:
    found = phones.standardise(written, country)
    return found[0].value if len(found) == 1 and found[0].valid else None


def _date(written: str, country: str) -> str | None:
    return dates.standardise(written, order=dates.usual_order(country)).value


def _tax_id(written: str, country: str) -> str | None:
    found = identifiers.person_tax_id(written, country)
    return found.value if found and (found.valid or country != "IT") else None


def _vat_id(written: str, country: str) -> str | None:
    found = identifiers.vat_id(written, country)
    return found.value if found and found.valid else None


def _text(written: str, country: str) -> str | None:  # noqa: ARG001
    return clean(written)


def _name(written: str, country: str) -> str | None:  # noqa: ARG001
    return clean_name(written)


_FORMS: Final[Mapping[str, Form]] = {
    "kind": _kind,
    "country": lambda written, _: countries.standardise(written),
    "sex": lambda written, _: sexes.standardise(written),
    "tax_id": _tax_id,
    "vat_id": _vat_id,
    "website": lambda written, _: websites.standardise(written),
    "consent_marketing": lambda written, _: consents.standardise(written),
}
_BY_KIND: Final[Mapping[str, Form]] = {
    "email": _email,
    "phone": _phone,
    "date": _date,
    "name": _name,
}
