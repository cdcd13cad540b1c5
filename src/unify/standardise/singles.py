"""What a record holds once: dates, identifiers, words of closed vocabularies, free text."""

from __future__ import annotations

from functools import partial

from unify.memory import learn
from unify.standards import dates, rows
from unify.standards.settling import settle
from unify.tables import (
    DateOrder,
    RecordSingle,
    SourceDate,
    SourceRecord,
    StandardDate,
    StandardIdentifier,
    StandardWord,
    WrittenValue,
)
from unify.workspace import Workspace


def singles_of(workspace: Workspace, records: SourceRecord, country: str) -> RecordSingle:
    """The dates, identifiers and words of every record."""
    dated = _dates(workspace, records, country)
    written = workspace.build(WrittenValue, records)
    identifier = partial(rows.identifier, country=country)
    identified = settle(workspace, StandardIdentifier, identifier, written)
    worded = settle(workspace, StandardWord, rows.word, written)
    made = workspace.build(RecordSingle, records, written, dated, identified, worded)
    workspace.sketch_from("unused_word")
    workspace.drop(written.name, dated.name)
    return made


def _dates(workspace: Workspace, records: SourceRecord, country: str) -> SourceDate:
    """A source's own dates prove in which order it writes day and month."""
    workspace.sketch_from("written_date")
    order = learn(workspace, DateOrder, records)
    workspace.sketch_from("ordered_date", usual=dates.usual_order(country))
    workspace.sketch_from("settled_date", **dates.limits())
    told = settle(workspace, StandardDate, rows.date, records, order)
    made = workspace.build(SourceDate, records, order, told)
    workspace.sketch_from("unused_date")
    workspace.drop("written_date", "ordered_date", "settled_date")
    return made
