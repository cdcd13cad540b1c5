"""Written rows → rows of standard forms: what is asked of the kinds of values, and how it is told.

Each function takes a row of written values and gives the rows of its table in `tables.py`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict

from unify.fields import ORGANIZATION
from unify.parallel import Row
from unify.standards import (
    addresses,
    consents,
    dates,
    emails,
    identifiers,
    kinds,
    name_lists,
    names,
    organizations,
    owners,
    phones,
    plain_names,
    sexes,
    text,
    websites,
)
from unify.standards.name_order import usual
from unify.standards.reasons import why_nothing

BESIDE_STREET = ("locality", "care_of", "postal_box")
ADDRESS_OF_PLACE = ("city", "region", "postcode", "country")


def place(row: Row, country: str) -> Iterable[Row]:
    """Where a street is."""
    place = addresses.place(**_filled(row), default_country=country)
    yield {
        **row,
        "standard_city": place.city,
        "standard_region": place.region,
        "standard_postcode": place.postcode,
        "code": place.code,
        "city_key": addresses.city_key(place.city),
        "quarter": place.locality,
        "named": any((place.city, place.region, place.postcode, text.clean(row["country"]))),
    }


def street(row: Row) -> Iterable[Row]:
    """A street line, with and without a house number."""
    line = addresses.line(row["line"] or None, row["house_number"] or None, row["code"])
    names = ("street", "number", "street_key", "before", "after", *BESIDE_STREET)
    named = text.clean(row["line"]) is not None
    yield {**row, **{name: getattr(line, name) for name in names}, "named": named}


def address(row: Row, country: str) -> Iterable[Row]:
    """An address that holds its place in its street."""
    standard = addresses.standardise(**_filled(row), city=None, default_country=country)
    yield {
        **row,
        **{f"standard_{n}": getattr(standard, n) for n in ("street", *ADDRESS_OF_PLACE)},
        "number": standard.number,
        "street_key": standard.street_key,
        "city_key": standard.city_key,
        **{name: getattr(standard, name) for name in BESIDE_STREET},
    }


def _filled(row: Row) -> dict[str, str | None]:
    """The parts of an address: an empty one is none."""
    return {name: value or None for name, value in row.items()}


def email(row: Row) -> Iterable[Row]:
    """The addresses in a written e-mail value."""
    names = ("value", "same_as", "valid", "role", "free_provider", "pec")
    found: list[Row] = [
        {**row, **{name: getattr(email, name) for name in names}}
        for email in emails.standardise(row["written"])
    ]
    return found or [{**row, "reason": why_nothing("emails", row["written"])}]


def phone(row: Row) -> Iterable[Row]:
    """The numbers in a written phone value."""
    names = ("value", "type", "valid", "extension", "completed")
    found: list[Row] = [
        {**row, **{name: getattr(phone, name) for name in names}}
        for phone in phones.standardise(row["written"], row["context"])
    ]
    country = row["context"]
    return found or [{**row, "reason": why_nothing("phones", row["written"], country=country)}]


def date(row: Row) -> Iterable[Row]:
    """The day, or the instant of a last change."""
    if row["field"] == "updated":
        value = dates.instant(row["written"], order=row["order"])
    else:
        value = dates.standardise(row["written"], order=row["order"]).value
    reason = why_nothing(row["field"], row["written"], order=row["order"]) if not value else None
    yield {**row, "value": value, "reason": reason}


def identifier(row: Row, country: str) -> Iterable[Row]:
    """Whose identifier it is, and what it tells."""
    written, field = row["written"], row["field"]
    person: identifiers.TaxId | None = None
    firm: identifiers.VatId | None = None
    if field == "vat_id":
        firm = identifiers.vat_id(written, country)
    else:
        # An 11-digit codice fiscale is a firm's, so a column of either may hold either.
        person, firm = identifiers.either(written, country)
    if field == "tax_id" and person is None and firm is None:
        person = identifiers.person_tax_id(written, country)
    yield {
        "field": field,
        "written": written,
        "tax_id": person.value if person else None,
        "tax_id_valid": _proven(person, country),
        "birth_date": person.birth_date if person else None,
        "sex": person.sex if person else None,
        "vat_id": firm.value if firm else None,
        "vat_id_valid": firm.valid if firm else None,
        "reason": None if person or firm else why_nothing(field, written, country=country),
    }


def _proven(person: identifiers.TaxId | None, country: str) -> bool | None:
    """Whether the check digits agree; None where there are none that we know."""
    if person is None or (country != "IT" and not person.valid):
        return None
    return person.valid


WORDS: dict[str, Callable[[str], str | None]] = {
    "website": websites.standardise,
    "consent_marketing": consents.standardise,
    "sex": sexes.standardise,
    "job_title": text.clean,
    "notes": text.clean,
}


def word(row: Row) -> Iterable[Row]:
    """The standard form of a word of its field."""
    value = WORDS[row["field"]](row["written"])
    reason = why_nothing(row["field"], row["written"]) if value is None else None
    yield {**row, "value": value, "reason": reason}


def part(row: Row, country: str) -> Iterable[Row]:
    """What the lists know of a plain given or family name; of other ones nothing."""
    part = names.part(row["written"], country)
    plain = part and not organizations.has_legal_form(f"{part.display} {part.display}")
    yield {**row, **asdict(part)} if part and plain else row


def name_word(row: Row, country: str) -> Iterable[Row]:
    """What the lists know of a word of a name in one column."""
    yield {**row, **asdict(plain_names.judge(row["written"], country))}


def name_order(row: Row, country: str) -> Iterable[Row]:
    """Which words of a plain name are given names, and which are family names."""
    custom = row["custom"] or None
    tie = custom or usual(country, row["letters"] == "upper")
    given, family = plain_names.places(row["leans"], country, tie, custom)
    yield {**row, "given": given, "family": family}


def employer(row: Row) -> Iterable[Row]:
    """The firm that a record names beside its person."""
    firm = organizations.standardise(row["written"])
    yield {**row, "name": firm.name, "key": firm.key}


def party(row: Row, country: str) -> Iterable[Row]:
    """Whom a record names, by what it tells itself."""
    party = json.loads(row["written"])
    yield {**row, **_party(party, _kind(party), country)}


def leaning_party(row: Row, country: str) -> Iterable[Row]:
    """Whom a record names that leaves its kind open, in a source that leans to one."""
    party = json.loads(row["written"])
    alone = _kind(party)
    kind = kinds.leaned(alone, row["leaning"]) if _whole(party) else alone
    yield {**row, **_party(party, kind, country)}


def _kind(party: Row) -> kinds.Kind:
    if party["set_kind"]:
        return kinds.as_set(party["set_kind"])
    return kinds.decide(
        written_kind=party["kind"],
        full=_whole(party),
        given=party["given_name"],
        family=party["family_name"],
        organization=party["organization"],
        tax_id_is_person=True if party["person_id"] else None,
        vat_valid=bool(party["firm_id"]),
        birth_date=party["born"],
    )


def _whole(party: Row) -> str | None:
    whole: str | None = party["full_name"] or party["any_name"]
    return whole


def _party(party: Row, kind: kinds.Kind, country: str) -> Row:
    whole = _whole(party)
    named = (
        _firm(party, whole, country)
        if kind.kind == ORGANIZATION
        else _person(party, whole, country)
    )
    return {
        **named,
        "kind": kind.kind,
        "kind_certainty": kind.certainty,
        "kind_reason": kind.reason,
    }


def _firm(party: Row, whole: str | None, country: str) -> Row:
    name = party["organization"] or whole or _joined(party["given_name"], party["family_name"])
    firm = organizations.standardise(name) if name else None
    owner = owners.named(name, country)
    return {
        "full_name": firm.name if firm else None,
        "organization": firm.name if firm else None,
        "name_key": firm.key if firm else None,
        "name_same_as": firm.same_as if firm else None,
        "organization_key": firm.key if firm else None,
        "owner_key": text.key(_joined(owner.given, owner.family)) if owner else None,
        "legal_form": firm.legal_form if firm else None,
    }


def _person(party: Row, whole: str | None, country: str) -> Row:
    person = names.standardise(
        full=None if party["family_name"] else whole,
        prefix=party["name_prefix"],
        given=party["given_name"],
        middle=party["middle_name"],
        family=party["family_name"],
        suffix=party["name_suffix"],
        country=country,
        custom=party["first"],
    )
    employer = organizations.standardise(party["organization"]) if party["organization"] else None
    return {
        "full_name": person.full,
        "name_prefix": person.prefix,
        "given_name": person.given,
        "middle_name": person.middle,
        "family_name": person.family,
        "name_suffix": person.suffix,
        "organization": employer.name if employer else None,
        "name_key": text.key(_joined(person.given, person.family)),
        "given_key": text.key(person.given),
        "family_key": text.key(person.family),
        "organization_key": employer.key if employer else None,
        "given_forms": list(person.given_forms) or None,
        "given_common": name_lists.given_grade(text.key(person.given) or "") == name_lists.COMMON,
    }


def _joined(*parts: str | None) -> str | None:
    return " ".join(part for part in parts if part) or None
