"""The gate, then the atomic switch of generations: golden tables become files for everybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from unify.config import Publish
from unify.fields import Field
from unify.gate import objections
from unify.generations import Generations
from unify.publication import DATABASE
from unify.tables import Alias, Crosswalk, Event, GoldenCustomer, GoldenValue, Relation, SetAsideRow
from unify.workspace import Workspace, literal, published, quoted


REPORT = "report.html"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A generation that is written and sealed, what the gate says of it, and where it stands."""

    folder: Path
    summary: dict[str, Any]
    objections: tuple[str, ...]


def published_crosswalk(folder: Path) -> dict[str, str]:
    """record id → customer id, of a published generation."""
    with published(folder / DATABASE) as database:
        rows = database.query("published_crosswalk").to_pydict()
    return dict(zip(rows["record_id"], rows["customer_id"], strict=True))


def changed_customers(workspace: Workspace, standing: Path | None) -> list[str]:
    """The customers whose golden row differs from the one that is published."""
    if standing is None:
        return []
    workspace.compose("now_published", _golden([], csv=False, source="golden_customer"))
    try:
        rows = workspace.rows("changed_customer", file=str(standing / "golden_customers.parquet"))
    finally:
        workspace.drop("now_published")
    return [row["customer_id"] for row in rows]


def write_candidate(
    workspace: Workspace,
    generations: Generations,
    run_id: str,
    own: Sequence[Field],
    summary: dict[str, Any],
    report: Callable[[Mapping[str, Any]], str],
    limits: Publish,
) -> Candidate:
    """Write every published file beside the published generation, and ask the gate."""
    folder = generations.begin(run_id)
    names = [field.name for field in own]
    tables = _selects(names, csv=False)
    files: dict[str, dict[str, Any]] = {}
    for name, select in tables.items():
        if name != "set_aside":
            rows = workspace.write(select, folder / f"{name}.parquet")
            files[f"{name}.parquet"] = {"rows": rows}
    for name, select in _selects(names, csv=True).items():
        if name != "lineage":
            files[f"{name}.csv"] = {"rows": workspace.write(select, folder / f"{name}.csv")}
    workspace.write_database(tables, folder / DATABASE)
    before = generations.summary()
    summary = {**summary, "files": files, "follows": before["run_id"] if before else None}
    refused = objections(before, summary, limits) if before else ()
    summary["gate"] = list(refused)
    (folder / REPORT).write_text(report(summary), encoding="utf-8")
    generations.seal(folder, summary)
    return Candidate(folder, summary, refused)


def adopt_events(
    workspace: Workspace, events: Sequence[tuple[str, str, str | None, str, str]]
) -> None:
    """Make the tables of events and aliases: each old id to the customer that goes on for it."""
    names = [name for name, _ in Event.columns]
    workspace.adopt(
        Event,
        pa.Table.from_pylist(
            [dict(zip(names, event, strict=True)) for event in events],
            schema=pa.schema([(name, pa.string()) for name in names]),
        ),
    )
    workspace.adopt(
        Alias,
        pa.Table.from_pylist(
            [{"old_id": old, "customer_id": living} for old, living in aliases(events)],
            schema=pa.schema([("old_id", pa.string()), ("customer_id", pa.string())]),
        ),
    )


def aliases(events: Sequence[tuple[str, str, str | None, str, str]]) -> list[tuple[str, str]]:
    """Every merged id with the customer that goes on, through any number of merges."""
    follows = {
        customer: other for customer, event, other, *_ in events if event == "merged" and other
    }
    gone = {customer for customer, event, *_ in events if event == "retired"}
    found = []
    for old in sorted(follows):
        living = follows[old]
        while living in follows:
            living = follows[living]
        if living not in gone:
            found.append((old, living))
    return found


def _selects(own: Sequence[str], *, csv: bool) -> dict[str, str]:
    return {
        "golden_customers": _golden(own, csv=csv, source=GoldenCustomer.name),
        "crosswalk": f"select * from {Crosswalk.name} order by record_id",
        "aliases": f"select * from {Alias.name} order by old_id",
        "relations": f"select * from {Relation.name} order by all",
        "events": f'select * from {Event.name} order by "at", customer_id, event, other_customer_id',
        "lineage": f"select * from {GoldenValue.name} order by customer_id, field, value",
        "set_aside": f"select * from {SetAsideRow.name} order by source, location, reason, content",
    }


def _golden(own: Sequence[str], *, csv: bool, source: str) -> str:
    """The published columns of golden customers: own fields spread, lists joined for CSV."""
    columns = []
    for name, _ in GoldenCustomer.columns:
        if name == "own":
            columns += [f"own[{literal(field)}] as {quoted(field)}" for field in own]
        elif csv and name in ("emails", "phones"):
            columns.append(
                f"nullif(array_to_string(list_transform({name}, lambda v: v.value), '; '), '')"
                f" as {name}"
            )
        elif csv and name == "sources":
            columns.append("array_to_string(sources, '; ') as sources")
        else:
            columns.append(name)
    return f"select {', '.join(columns)} from {source} order by customer_id"
