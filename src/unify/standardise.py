"""Source records → standard forms: every distinct written value is settled once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TypeVar

import pyarrow as pa

from unify.parallel import Forms, Row, rows_of
from unify.standards import dates, emails, kinds, phone_patterns, rows
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
        workspace, StandardAddress, written, "addresses", partial(rows.address, country=country)
    )
    held_addresses = workspace.build(RecordAddress, written, addressed)
    workspace.compose_from("written_email")
    mailed = _settle_mostly(
        workspace, StandardEmail, "email", rows.email, written, **emails.lists()
    )
    held_emails = workspace.build(RecordEmail, written, mailed)
    # A phone is read as of the country of its record's address.
    workspace.compose_from("written_phone", country=country)
    phoned = _settle_mostly(
        workspace, StandardPhone, "phone", rows.phone, written, held_addresses,
        **phone_patterns.bound(),
    )  # fmt: skip
    held_phones = workspace.build(RecordPhone, written, phoned, held_addresses, country=country)
    dated = _settle_dates(workspace, written, country)
    identified = _settle(
        workspace, StandardIdentifier, written, "tax_id vat_id any_id",
        partial(rows.identifier, country=country),
    )  # fmt: skip
    worded = _settle(workspace, StandardWord, written, " ".join(rows.WORDS), rows.word)
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


def _settle_dates(workspace: Workspace, written: WrittenValue, country: str) -> SourceDate:
    """A source's own dates prove in which order it writes day and month."""
    workspace.compose_from("written_date")
    usual = "mdy" if country in MONTH_FIRST else "dmy"
    workspace.compose_from("date_order", usual=usual)
    made = _settle_mostly(workspace, SourceDate, "date", rows.date, written, **dates.limits())
    workspace.drop("date_order")
    return made


def _settle_parties(
    workspace: Workspace, records: SourceRecord, single: RecordSingle, country: str
) -> RecordParty:
    """Name every party; where a record leaves its kind open, its source's others decide."""
    plain = _settle_plain_people(workspace, records, single, country)
    written = workspace.build(WrittenParty, records, single, plain)
    told = workspace.rows("written_party_distinct")
    alone = _adopt(workspace, PartyKind, rows.kind, told, written)
    leaning = workspace.build(
        SourceLeaning, records, plain, written, alone,
        certain=kinds.CERTAIN, enough=LEANING_RECORDS, share=LEANING_CERTAIN,
        nearly_all=LEANING_SHARE,
    )  # fmt: skip
    judged = workspace.rows("judged_party")
    forms = partial(rows.party, country=country)
    named = _adopt(workspace, StandardParty, forms, judged, written, alone, leaning)
    return workspace.build(RecordParty, records, plain, written, leaning, named)


def _settle_plain_people(
    workspace: Workspace, records: SourceRecord, single: RecordSingle, country: str
) -> PlainPerson:
    """Most people stand in two columns, a word in each: there are few different words."""
    words = workspace.rows("written_part")
    parts = _adopt(workspace, NamePart, partial(rows.part, country=country), words, records)
    named = workspace.rows("written_employer")
    employers = _adopt(workspace, StandardEmployer, rows.employer, named, records)
    return workspace.build(PlainPerson, records, single, parts, employers)
