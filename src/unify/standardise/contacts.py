"""The lists of a record: its addresses, e-mails and phones in standard form."""

from __future__ import annotations

from functools import partial

from unify.standards import emails, phone_patterns, rows, street_patterns
from unify.standards.settling import settle
from unify.tables import (
    RecordAddress,
    RecordEmail,
    RecordPhone,
    SourceRecord,
    StandardAddress,
    StandardEmail,
    StandardPhone,
    StandardPlace,
    StandardStreet,
)
from unify.workspace import Workspace


def addresses_of(workspace: Workspace, records: SourceRecord, country: str) -> RecordAddress:
    """Every address: its place and its street are each judged once, the number is set in."""
    workspace.sketch_from("written_address")
    placed = settle(workspace, StandardPlace, partial(rows.place, country=country), records)
    workspace.sketch_from("cut_address", **street_patterns.bound())
    lined = settle(workspace, StandardStreet, rows.street, records, placed)
    whole = settle(workspace, StandardAddress, partial(rows.address, country=country), records)
    made = workspace.build(RecordAddress, records, placed, lined, whole)
    workspace.drop("written_address", "cut_address")
    return made


def emails_of(workspace: Workspace, records: SourceRecord) -> RecordEmail:
    """Every e-mail: one plain address a value is settled in SQL, the rest by the library."""
    workspace.sketch_from("written_email")
    workspace.sketch_from("settled_email", **emails.lists())
    told = settle(workspace, StandardEmail, rows.email, records)
    made = workspace.build(RecordEmail, records, told)
    workspace.sketch_from("unused_email")
    workspace.drop("written_email", "settled_email")
    return made


def phones_of(
    workspace: Workspace, records: SourceRecord, addresses: RecordAddress, country: str
) -> RecordPhone:
    """Every phone: what the library's patterns settle is settled in SQL, the rest by itself."""
    workspace.sketch_from("written_phone", country=country)
    workspace.sketch_from("settled_phone", **phone_patterns.bound())
    told = settle(workspace, StandardPhone, rows.phone, records, addresses)
    made = workspace.build(RecordPhone, records, told, addresses)
    workspace.sketch_from("unused_phone")
    workspace.drop("written_phone", "settled_phone")
    return made
