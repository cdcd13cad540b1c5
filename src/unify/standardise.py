"""Source records → standard forms: every distinct written value is settled once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from functools import partial
from typing import TypeVar

import pyarrow as pa

from unify.fields import ORGANIZATION
from unify.parallel import Forms, Row, rows_of
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
    phone_patterns,
    phones,
    sexes,
    text,
    websites,
)
from unify.tables import (
    NamePart,
    PartyKind,
    PlainPerson,
    RecordAddress,
    RecordEmail,
    RecordParty,
    RecordPhone,
    RecordSingle,
    SharedValue,
    SourceDate,
    SourceLeaning,
    SourceRecord,
    StandardAddress,
    StandardEmail,
    StandardEmployer,
    StandardForms,
    StandardIdentifier,
    StandardParty,
    StandardPhone,
    StandardRecord,
    StandardWord,
    Table,
    WrittenParty,
    WrittenValue,
)
from unify.workspace import Workspace

T = TypeVar("T", bound=Table)

# From so many differently named parties on, a phone or address says little about who holds it.
SHARED_FROM = 4
# A source leans to one kind when so many of its records are certain, and nearly all alike.
LEANING_RECORDS, LEANING_CERTAIN, LEANING_SHARE = 20, 0.2, 0.9
MONTH_FIRST = ("US", "PH", "FM")


def standardise(workspace: Workspace, records: SourceRecord, country: str) -> StandardForms:
    """Bring every value of every record to its standard form, read as of `country`."""
    written = workspace.build(WrittenValue, records)
    addressed = _settle(
        workspace, StandardAddress, written, "addresses", partial(_address, country=country)
    )
    held_addresses = workspace.build(RecordAddress, written, addressed)
    workspace.compose_from("written_email")
    mailed = _settle_mostly(workspace, StandardEmail, "email", _emails, written, **emails.lists())
    held_emails = workspace.build(RecordEmail, written, mailed)
    # A phone is read as of the country of its record's address.
    workspace.compose_from("written_phone", country=country)
    phoned = _settle_mostly(
        workspace, StandardPhone, "phone", _phones, written, held_addresses,
        **phone_patterns.bound(),
    )  # fmt: skip
    held_phones = workspace.build(RecordPhone, written, phoned, held_addresses, country=country)
    dated = _settle_dates(workspace, written, country)
    identified = _settle(
        workspace, StandardIdentifier, written, "tax_id vat_id any_id",
        partial(_identifier, country=country),
    )  # fmt: skip
    worded = _settle(workspace, StandardWord, written, " ".join(WORDS), _word)
    single = workspace.build(RecordSingle, records, written, dated, identified, worded)
    parties = _settle_parties(workspace, records, single, country)
    standard = workspace.build(StandardRecord, records, single, parties)
    shared = workspace.build(
        SharedValue, standard, held_emails, held_phones, held_addresses, shared_from=SHARED_FROM
    )
    return StandardForms(standard, held_emails, held_phones, held_addresses, shared)


def _settle(
    workspace: Workspace, table: type[T], written: WrittenValue, fields: str, forms: Forms
) -> T:
    """Make a table of standard forms from the distinct written values of some fields."""
    values = workspace.rows("written_distinct", fields=fields.split())
    return _adopt(workspace, table, forms, values, written)


def _settle_mostly(
    workspace: Workspace, table: type[T], kind: str, forms: Forms, *read: Table, **bound: object
) -> T:
    """Make a table of standard forms: in SQL what SQL can settle, the rest by the library."""
    settled = f"settled_{kind}"
    workspace.compose_from(settled, **bound)
    made = _adopt(
        workspace, table, forms, workspace.rows(f"unsettled_{kind}"), *read, beside=settled
    )
    workspace.drop(f"written_{kind}", settled)
    return made


def _adopt(
    workspace: Workspace,
    table: type[T],
    forms: Forms,
    values: Sequence[Row],
    *read: Table,
    beside: str = "",
) -> T:
    types: dict[str, pa.DataType] = {
        "BOOLEAN": pa.bool_(),
        "DOUBLE": pa.float64(),
        "BIGINT": pa.int64(),
        "VARCHAR[]": pa.list_(pa.string()),
    }
    schema = pa.schema([(name, types.get(kind, pa.string())) for name, kind in table.columns])
    return workspace.adopt(table, rows_of(forms, values, schema), *read, beside=beside)


def _address(row: Row, country: str) -> Iterable[Row]:
    parts = json.loads(row["written"])
    standard = addresses.standardise(**parts, default_country=country)
    yield {
        "written": row["written"],
        **{name: getattr(standard, name) for name, _ in StandardAddress.columns[1:]},
    }


def _emails(row: Row) -> Iterable[Row]:
    for email in emails.standardise(row["written"]):
        yield {
            "written": row["written"],
            **{name: getattr(email, name) for name, _ in StandardEmail.columns[1:]},
        }


def _phones(row: Row) -> Iterable[Row]:
    for phone in phones.standardise(row["written"], row["context"]):
        yield {**row, "value": phone.value, "type": phone.type, "valid": phone.valid}


def _settle_dates(workspace: Workspace, written: WrittenValue, country: str) -> SourceDate:
    """A source's own dates prove in which order it writes day and month."""
    workspace.compose_from("written_date")
    usual = "mdy" if country in MONTH_FIRST else "dmy"
    workspace.compose_from("date_order", usual=usual)
    made = _settle_mostly(workspace, SourceDate, "date", _date, written, **dates.limits())
    workspace.drop("date_order")
    return made


def _date(row: Row) -> Iterable[Row]:
    if row["field"] == "updated":
        value = dates.instant(row["written"], order=row["order"])
    else:
        value = dates.standardise(row["written"], order=row["order"]).value
    yield {**row, "value": value}


def _identifier(row: Row, country: str) -> Iterable[Row]:
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


def _word(row: Row) -> Iterable[Row]:
    yield {**row, "value": WORDS[row["field"]](row["written"])}


def _settle_parties(
    workspace: Workspace, records: SourceRecord, single: RecordSingle, country: str
) -> RecordParty:
    """Name every party; where a record leaves its kind open, its source's others decide."""
    plain = _settle_plain_people(workspace, records, single, country)
    written = workspace.build(WrittenParty, records, single, plain)
    told = workspace.rows("written_party_distinct")
    alone = _adopt(workspace, PartyKind, _kind, told, written)
    leaning = workspace.build(
        SourceLeaning, records, plain, written, alone,
        certain=kinds.CERTAIN, enough=LEANING_RECORDS, share=LEANING_CERTAIN,
        nearly_all=LEANING_SHARE,
    )  # fmt: skip
    judged = workspace.rows("judged_party")
    forms = partial(_party, country=country)
    named = _adopt(workspace, StandardParty, forms, judged, written, alone, leaning)
    return workspace.build(RecordParty, records, plain, written, leaning, named)


def _settle_plain_people(
    workspace: Workspace, records: SourceRecord, single: RecordSingle, country: str
) -> PlainPerson:
    """Most people stand in two columns, a word in each: there are few different words."""
    words = workspace.rows("written_part")
    parts = _adopt(workspace, NamePart, partial(_part, country=country), words, records)
    named = workspace.rows("written_employer")
    employers = _adopt(workspace, StandardEmployer, _employer, named, records)
    return workspace.build(PlainPerson, records, single, parts, employers)


def _part(row: Row, country: str) -> Iterable[Row]:
    part = names.part(row["written"], country)
    if part and not organizations.has_legal_form(f"{part.display} {part.display}"):
        yield {**row, **asdict(part)}


def _employer(row: Row) -> Iterable[Row]:
    firm = organizations.standardise(row["written"])
    yield {**row, "name": firm.name, "key": firm.key}


def _kind(row: Row) -> Iterable[Row]:
    party = json.loads(row["written"])
    kind = kinds.decide(
        written_kind=party["kind"],
        full=party["full_name"] or party["any_name"],
        given=party["given_name"],
        family=party["family_name"],
        organization=party["organization"],
        tax_id_is_person=True if party["person_id"] else None,
        vat_valid=bool(party["firm_id"]),
        birth_date=party["born"],
    )
    yield {
        **row,
        "kind": kind.kind,
        "kind_certainty": kind.certainty,
        "kind_reason": kind.reason,
    }


def _party(judged: Row, country: str) -> Iterable[Row]:
    """Whom a record names, as a name of its kind is written."""
    party = json.loads(judged["written"])
    whole = party["full_name"] or party["any_name"]
    alone = kinds.Kind(judged["kind"], judged["kind_certainty"], judged["kind_reason"])
    kind = kinds.leaned(alone, judged["leaning"]) if whole else alone
    row = _firm(party, whole) if kind.kind == ORGANIZATION else _person(party, whole, country)
    yield {
        **row,
        "written": judged["written"],
        "leaning": judged["leaning"],
        "kind": kind.kind,
        "kind_certainty": kind.certainty,
        "kind_reason": kind.reason,
    }


def _firm(party: Row, whole: str | None) -> Row:
    name = party["organization"] or whole or _joined(party["given_name"], party["family_name"])
    firm = organizations.standardise(name) if name else None
    return {
        "full_name": firm.name if firm else None,
        "organization": firm.name if firm else None,
        "name_key": firm.key if firm else None,
        "organization_key": firm.key if firm else None,
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
