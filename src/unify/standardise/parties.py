"""Whom a record names: a person or a firm, in standard form."""

from __future__ import annotations

from functools import partial

from unify.memory import learn
from unify.standards import kinds, plain_names, rows
from unify.standards.settling import settle
from unify.tables import (
    LeaningParty,
    NameCustom,
    NameOrder,
    NamePart,
    NameWord,
    PlainPerson,
    RecordParty,
    RecordSingle,
    SetKind,
    SourceLeaning,
    SourceRecord,
    StandardEmployer,
    StandardParty,
    WrittenParty,
)
from unify.workspace import Workspace

# A source leans to one kind when so many of its records are certain, and nearly all alike.
LEANING_RECORDS, LEANING_CERTAIN, LEANING_SHARE = 20, 0.2, 0.9
# Some firms of any list look like persons (`Joe Allen`), and hardly a person like a firm.
LEANING_FIRMS = 0.8


def parties_of(
    workspace: Workspace,
    records: SourceRecord,
    set_kinds: SetKind,
    single: RecordSingle,
    country: str,
) -> RecordParty:
    """Name every party; where a record leaves its kind open, its source's others decide."""
    workspace.sketch_from("named_record")
    plain = _plain_people(workspace, records, set_kinds, single, country)
    written = workspace.build(WrittenParty, records, set_kinds, single, plain)
    told = settle(workspace, StandardParty, partial(rows.party, country=country), written)
    leaning = learn(
        workspace, SourceLeaning, records, plain, written, told,
        certain=kinds.CERTAIN, enough=LEANING_RECORDS, share=LEANING_CERTAIN,
        people=LEANING_SHARE, firms=LEANING_FIRMS,
    )  # fmt: skip
    led = settle(
        workspace, LeaningParty, partial(rows.leaning_party, country=country),
        written, told, leaning, certain=kinds.CERTAIN,
    )  # fmt: skip
    return workspace.build(RecordParty, records, plain, written, told, leaning, led)


def _plain_people(
    workspace: Workspace,
    records: SourceRecord,
    set_kinds: SetKind,
    single: RecordSingle,
    country: str,
) -> PlainPerson:
    """Most people stand in two columns, or in one in plain words: there are few different words."""
    parts = settle(workspace, NamePart, partial(rows.part, country=country), records)
    workspace.sketch_from("whole_name", plain=plain_names.shape(country))
    words = settle(workspace, NameWord, partial(rows.name_word, country=country), records)
    workspace.sketch_from("known_name")
    order = settle(workspace, NameOrder, partial(rows.name_order, country=country), words)
    custom = learn(workspace, NameCustom, order, enough=LEANING_RECORDS, nearly_all=LEANING_SHARE)
    employers = settle(workspace, StandardEmployer, rows.employer, records)
    made = workspace.build(
        PlainPerson, records, set_kinds, single, parts, words, order, custom, employers
    )
    workspace.drop("whole_name", "known_name")
    return made
