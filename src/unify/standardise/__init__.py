"""Source records → standard forms: what SQL can settle is settled there, the rest once a value."""

from __future__ import annotations

from collections.abc import Sequence

from unify.decisions import Override
from unify.standardise.contacts import addresses_of, emails_of, phones_of
from unify.standardise.overrides import set_kinds
from unify.standardise.parties import parties_of
from unify.standardise.singles import singles_of
from unify.standards.settling import keep_memory
from unify.tables import (
    RecordParty,
    SetKind,
    SharedValue,
    SourceRecord,
    StandardForms,
    StandardRecord,
    UnusedValue,
)
from unify.workspace import Workspace

# From so many differently named parties on, a phone or address says little about who holds it.
SHARED_FROM = 4
# How sure it is that the mailbox of an office, and nobody's name, is a firm's.
OFFICE = 0.75
# MB that are enough for a million records: without a limit, tables that have served stay in memory.
MEMORY = 1_200
# What is read until records are put together.
OF_PARTIES = ("named_record", "plain_person", "written_party")
UNUSED = ("unused_email", "unused_phone", "unused_date", "unused_word")


def standardise(
    workspace: Workspace,
    records: SourceRecord,
    country: str,
    overrides: Sequence[Override] = (),
    *,
    anew: bool = False,
) -> StandardForms:
    """Bring every value of every record to its standard form, read as of `country`.

    `overrides`: what stewards set goes before what a record says of itself.
    A value that was standardised in an earlier run is not standardised again, unless `anew`.
    """
    with workspace.within(MEMORY):
        keep_memory(workspace, country, anew=anew)
        kinds = set_kinds(workspace, overrides)
        return _standardised(workspace, records, kinds, country)


def _standardised(
    workspace: Workspace, records: SourceRecord, kinds: SetKind, country: str
) -> StandardForms:
    addresses = addresses_of(workspace, records, country)
    emails = emails_of(workspace, records)
    phones = phones_of(workspace, records, addresses, country)
    single = singles_of(workspace, records, country)
    parties = parties_of(workspace, records, kinds, single, country)
    standard = workspace.build(StandardRecord, records, single, parties, emails, office=OFFICE)
    shared = workspace.build(
        SharedValue, standard, emails, phones, addresses, shared_from=SHARED_FROM
    )
    unused = workspace.build(UnusedValue, records, emails, phones, single)
    workspace.close(RecordParty)
    workspace.drop(single.name, *OF_PARTIES, *UNUSED)
    return StandardForms(standard, emails, phones, addresses, shared, unused)
