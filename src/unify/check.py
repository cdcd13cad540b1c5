"""What a run would make of each source: the mapping of its columns, and its problems."""

from __future__ import annotations

from dataclasses import dataclass

from unify.content.judgement import Looked, judge, judge_unmapped
from unify.content.looks import look
from unify.discovery import Column, map_columns
from unify.errors import UnifyError
from unify.land import REPEATS_ALLOWED, arrive, judge_keys
from unify.mapping import ColumnMapping
from unify.plan import Plan, Source
from unify.workspace import Workspace, opened

SAMPLE = 2_000
VALUES = 5
NAMES = ("full_name", "any_name", "given_name", "family_name", "organization")


@dataclass(frozen=True, slots=True)
class CheckedColumn:
    """A column: what it holds, how full it is, and some of its values."""

    name: str
    mapping: ColumnMapping | None
    use: str
    """What else it is for: `key`, `last change`, or nothing."""
    filled: float
    values: tuple[str, ...]
    sure: float | None = None
    """How far its values bear out the field that it is mapped to, 0 to 1."""
    question: str = ""
    """What is to be asked, where its values look otherwise."""


@dataclass(frozen=True, slots=True)
class CheckedSource:
    """A source: the rows that were looked at, its columns, and what is wrong with it."""

    name: str
    connector: str
    rows: int
    columns: tuple[CheckedColumn, ...]
    set_aside: tuple[str, ...]
    problems: tuple[str, ...]
    failed: UnifyError | None = None


def check(plan: Plan) -> list[CheckedSource]:
    """Look at a sample of every source; nothing is changed. A source that fails is said, too."""
    checked = []
    with opened(None) as workspace:
        for source in plan.sources:
            try:
                checked.append(_checked(workspace, source, plan))
            except UnifyError as failed:
                checked.append(CheckedSource(source.name, source.kind, 0, (), (), (), failed))
    return checked


def _checked(workspace: Workspace, source: Source, plan: Plan) -> CheckedSource:
    arrival = arrive(workspace, source, {}, limit=SAMPLE)
    mapped = map_columns(arrival.columns, source.fields, plan.own_fields, where=source.where)
    rows, repeats = judge_keys(workspace, source, arrival)
    by_column = {mapping.column: mapping for mapping in mapped}
    columns = [
        _column(workspace, source, plan, column, by_column.get(column.name), rows)
        for column in arrival.columns
    ]
    reasons = workspace.rows("verdict_reason")
    return CheckedSource(
        name=source.name,
        connector=source.kind,
        rows=rows,
        columns=tuple(columns),
        set_aside=(
            *(f"{row['rows']} rows: {row['reason']}" for row in reasons),
            *(f"{entry.location}: {entry.reason}" for entry in arrival.set_aside),
        ),
        problems=_problems(source, mapped, rows, repeats),
    )


def _column(
    workspace: Workspace,
    source: Source,
    plan: Plan,
    column: Column,
    mapping: ColumnMapping | None,
    rows: int,
) -> CheckedColumn:
    name = column.name
    filled, shown = workspace.sampled("arrived", name, VALUES)
    share = filled / rows if rows else 0.0
    values = workspace.values_of("arrived", name, SAMPLE)
    looked = Looked(column, look(values, plan.country, plan.clock().date()), share)
    judged = judge(mapping, looked) if mapping else judge_unmapped(looked)
    uses = ["key"] * (name in source.key) + ["last change"] * (name == source.updated)
    return CheckedColumn(
        name=name,
        mapping=mapping,
        use=", ".join(uses),
        filled=share,
        values=shown,
        sure=judged.confidence if mapping else None,
        question="" if uses else judged.question,
    )


def _problems(
    source: Source, mapped: tuple[ColumnMapping, ...], rows: int, repeats: int
) -> tuple[str, ...]:
    fields = {mapping.field for mapping in mapped}
    found = []
    if rows == 0:
        found.append("it has no rows")
    if not fields.intersection(NAMES):
        found.append("no column was recognised as a name; name one in its `fields`")
    if not source.key and not source.connector.native_key:
        found.append("it has no `key`: a record whose content changes counts as another record")
    if repeats > REPEATS_ALLOWED * rows:
        found.append(f"its key repeats in {repeats} of {rows} rows: it identifies no record")
    return tuple(found)
