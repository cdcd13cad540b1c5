"""Source records → standard forms: every distinct written value is settled once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import partial

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
    names,
    organizations,
    phones,
    sexes,
    text,
    websites,
)
from unify.tables import (
    PartyKind,
    RecordAddress,
    RecordEmail,
    RecordPhone,
    RecordSingle,
    SharedValue,
    SourceDate,
    SourceLeaning,
    SourceRecord,
    StandardAddress,
    StandardEmail,
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

# From so many differently named parties on, a phone or address says little about who holds it.
SHARED_FROM = 4
# A source leans to one kind when so many of its records are certain, and nearly all alike.
LEANING_RECORDS, LEANING_SHARE = 20, 0.9
MONTH_FIRST = ("US", "PH", "FM")


def standardise(workspace: Workspace, records: SourceRecord, country: str) -> StandardForms:
    """Bring every value of every record to its standard form, read as of `country`."""
    workspace.build(WrittenValue)
    _settle(workspace, StandardAddress, "addresses", partial(_address, country=country))
    addresses_held = workspace.build(RecordAddress)
    _settle(workspace, StandardEmail, "emails", _emails)
    emails_held = workspace.build(RecordEmail)
    _adopt(workspace, StandardPhone, _phones, workspace.rows("written_phone", country=country))
    phones_held = workspace.build(RecordPhone, country=country)
    _settle_dates(workspace, country)
    _settle(
        workspace, StandardIdentifier, "tax_id vat_id any_id", partial(_identifier, country=country)
    )
    _settle(workspace, StandardWord, " ".join(WORDS), _word)
    workspace.build(RecordSingle)
    _settle_parties(workspace, country)
    standard = workspace.build(StandardRecord)
    shared = workspace.build(SharedValue, shared_from=SHARED_FROM)
    return StandardForms(standard, emails_held, phones_held, addresses_held, shared)


def _settle(workspace: Workspace, table: type[Table], fields: str, forms: Forms) -> None:
    """Make a table of standard forms from the distinct written values of some fields."""
    _adopt(workspace, table, forms, workspace.rows("written_distinct", fields=fields.split()))


def _adopt(workspace: Workspace, table: type[Table], forms: Forms, values: Sequence[Row]) -> None:
    types: dict[str, pa.DataType] = {
        "BOOLEAN": pa.bool_(),
        "DOUBLE": pa.float64(),
        "VARCHAR[]": pa.list_(pa.string()),
    }
    schema = pa.schema([(name, types.get(kind, pa.string())) for name, kind in table.columns])
    workspace.adopt(table, rows_of(forms, values, schema))


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


def _settle_dates(workspace: Workspace, country: str) -> None:
    """A source's own dates prove in which order it writes day and month."""
    default: dates.Order = "mdy" if country in MONTH_FIRST else "dmy"
    written = workspace.rows("written_date")
    columns: dict[tuple[str, str], list[str]] = {}
    for row in written:
        columns.setdefault((row["source"], row["field"]), []).append(row["written"])
    orders = {column: dates.order_of(values, default) for column, values in columns.items()}
    ordered = [{**row, "order": orders[row["source"], row["field"]]} for row in written]
    _adopt(workspace, SourceDate, _date, ordered)


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
        "tax_id_valid": person.valid if person else None,
        "birth_date": person.birth_date if person else None,
        "sex": person.sex if person else None,
        "vat_id": firm.value if firm else None,
        "vat_id_valid": firm.valid if firm else None,
    }


WORDS: dict[str, Callable[[str], str | None]] = {
    "website": websites.standardise,
    "consent_marketing": consents.standardise,
    "sex": sexes.standardise,
    "job_title": text.clean,
    "notes": text.clean,
}


def _word(row: Row) -> Iterable[Row]:
    yield {**row, "value": WORDS[row["field"]](row["written"])}


def _settle_parties(workspace: Workspace, country: str) -> None:
    """Name every party; where a record leaves its kind open, its source's others decide."""
    workspace.build(WrittenParty)
    _adopt(workspace, PartyKind, _kind, workspace.rows("written_party_distinct"))
    workspace.build(
        SourceLeaning, certain=kinds.CERTAIN, enough=LEANING_RECORDS, nearly_all=LEANING_SHARE
    )
    judged = workspace.rows("judged_party")
    _adopt(workspace, StandardParty, partial(_party, country=country), judged)


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
    }


def _joined(*parts: str | None) -> str | None:
    return " ".join(part for part in parts if part) or None
