"""The gate, then the atomic switch of generations: golden tables become files for everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from unify.config import Publish
from unify.fields import Field
from unify.gate import changes, objections
from unify.generations import Generations
from unify.ledger import PastEvent
from unify.publication import DATABASE
from unify.tables import (
    Alias,
    Compared,
    Crosswalk,
    Event,
    Golden,
    GoldenCustomer,
    Identified,
    RecordFingerprint,
    RefusedPair,
    ScoredPair,
    SetAsideRow,
    Table,
)
from unify.workspace import Workspace, literal, quoted

REPORT = "report.html"
CUSTOMERS = "golden_customers.parquet"
LEVELS_IN_ORDER = "order by kind, place, number >= 0, number desc"
IN_ORDER = {"events": '"at", customer_id, event, other_customer_id', "aliases": "old_id"}
# Lineage is large, and read by machines; what was set aside is small, and read by people.
NOT_IN = {"csv": "lineage", "parquet": "set_aside"}
# What each record holds, in standard form: its key and columns, by table. Left in parts, for
# putting them together takes twice as long again.
HELD = {
    "standard_record": (
        "record_id",
        "record_id, updated, kind, full_name, name_prefix, given_name, middle_name, family_name,"
        " name_suffix, organization, job_title, birth_date, sex, tax_id, vat_id, website,"
        " consent_marketing, notes, own",
    ),
    "record_email": ("record_id, position", "record_id, position, label, value"),
    "record_phone": (
        "record_id, position",
        "record_id, position, if(type = 'mobile', 'mobile', label) as label, value",
    ),
    "record_address": (
        "record_id, position",
        "record_id, position, label, street, city, region, postcode, country",
    ),
}


@dataclass(frozen=True, slots=True)
class Publishable:
    """Every table that is published."""

    golden: Golden
    crosswalk: Crosswalk
    pairs: ScoredPair
    compared: Compared
    fingerprints: RecordFingerprint
    refused: RefusedPair
    events: Event
    aliases: Alias
    set_aside: SetAsideRow


@dataclass(frozen=True, slots=True)
class Candidate:
    """A generation that is written and sealed, what the gate says of it, and where it stands."""

    folder: Path
    summary: dict[str, Any]
    objections: tuple[str, ...]


def tell(
    workspace: Workspace,
    golden: Golden,
    who: Identified,
    history: Sequence[PastEvent],
    standing: Path | None,
    run_id: str,
    at: str,
    own: Sequence[Field],
) -> tuple[Event, Alias]:
    """All that ever happened to customers, what changed now, and who goes on for whom."""
    changed = _changed(workspace, golden.customers, standing, [field.name for field in own])
    rows = event_rows(history, changed, run_id, at)
    events = workspace.adopt(Event, rows, who.customers)
    living = {row["customer_id"] for row in workspace.rows("living_customer")}
    return events, workspace.adopt(Alias, alias_rows(history, living), events)


def lost(
    workspace: Workspace,
    golden: Golden,
    standing: Path | None,
    own: Sequence[Field],
    asked: Set[str],
) -> dict[str, Any]:
    """What the published customers lose, but those of `asked`: for the gate."""
    select = _golden([field.name for field in own], csv=False, source=golden.customers.name)
    return changes(workspace, select, standing / CUSTOMERS if standing else None, asked)


def event_rows(
    history: Iterable[PastEvent], changed: Iterable[str], run_id: str, at: str
) -> pa.Table:
    """All that ever happened to customers, and which of them this run changed, as rows."""
    now = (PastEvent(customer, "changed", None, run_id, at) for customer in changed)
    shape = pa.schema([(name, pa.string()) for name, _ in Event.columns])
    return pa.Table.from_pylist([asdict(event) for event in (*history, *now)], schema=shape)


def alias_rows(history: Iterable[PastEvent], living: Set[str]) -> pa.Table:
    """Every merged id with the living customer that goes on, as rows."""
    merged = ((e.customer_id, e.other_customer_id) for e in history if e.event == "merged")
    followed = [{"old_id": old, "customer_id": goes_on} for old, goes_on in aliases(merged, living)]
    shape = pa.schema([(name, pa.string()) for name, _ in Alias.columns])
    return pa.Table.from_pylist(followed, schema=shape)


def write_candidate(
    workspace: Workspace,
    tables: Publishable,
    generations: Generations,
    own: Sequence[Field],
    summary: dict[str, Any],
    report: Callable[[Path, Mapping[str, Any]], str],
    limits: Publish,
) -> Candidate:
    """Write every published file beside the published generation, and ask the gate."""
    folder = generations.begin(summary["run_id"])
    names = [field.name for field in own]
    files = _write_tables(workspace, tables, folder, names)
    before = generations.summary()
    summary = {**summary, "files": files, "follows": before["run_id"] if before else None}
    refused = objections(before, summary, limits) if before else ()
    summary["gate"] = list(refused)
    (folder / REPORT).write_text(report(folder, summary), encoding="utf-8")
    generations.seal(folder, summary)
    return Candidate(folder, summary, refused)


def _write_tables(
    workspace: Workspace, tables: Publishable, folder: Path, own: Sequence[str]
) -> dict[str, dict[str, Any]]:
    """Write the tables in every form they have; give each file's rows."""
    selects = {form: _selects(tables, own, csv=form == "csv") for form in ("csv", "parquet")}
    files = {}
    for form, without in NOT_IN.items():
        for name, select in selects[form].items():
            if name != without:
                file = f"{name}.{form}"
                files[file] = {"rows": workspace.write(select, folder / file)}
    workspace.write_database(
        {**selects["parquet"], **_explaining(workspace, tables)}, folder / DATABASE
    )
    return files


def _explaining(workspace: Workspace, tables: Publishable) -> dict[str, str]:
    """What it takes to say why records are together or not, and what each of them holds.

    Large, and read by commands alone: the database is its only form.
    """
    compared = tables.compared
    pairs: tuple[Table, ...] = (tables.pairs, tables.refused)
    records: tuple[Table, ...] = (compared.people, compared.firms, tables.fingerprints)
    return {
        **{
            one.name: f"select * from {one.name} order by record_id_l, record_id_r" for one in pairs
        },
        **{one.name: f"select * from {one.name} order by record_id" for one in records},
        compared.models.name: f"select * from {compared.models.name} order by kind",
        compared.levels.name: f"select * from {compared.levels.name} {LEVELS_IN_ORDER}",
        compared.frequencies.name: f"select * from {compared.frequencies.name} order by all",
        "record_kind": workspace.text_of("record_kind"),
        "moved_record": workspace.text_of("moved_record"),
        **{
            name: f"select {columns} from {name} order by {key}"
            for name, (key, columns) in HELD.items()
        },
    }


def _changed(
    workspace: Workspace, golden: GoldenCustomer, standing: Path | None, own: Sequence[str]
) -> list[str]:
    """The customers whose golden row differs from the one that is published."""
    if standing is None:
        return []
    workspace.compose("now_published", _golden(own, csv=False, source=golden.name))
    try:
        rows = workspace.rows("changed_customer", file=str(standing / CUSTOMERS))
    finally:
        workspace.drop("now_published")
    return [row["customer_id"] for row in rows]


def aliases(merged: Iterable[tuple[str, str | None]], living: Set[str]) -> list[tuple[str, str]]:
    """Every merged id with the living customer that goes on, through any number of merges.

    `merged`: the id that disappeared and the one that went on, in the order of events.
    """
    follows = {customer: other for customer, other in merged if other}
    found = []
    for old in sorted(set(follows) - living):
        seen, goes_on = {old}, follows[old]
        while goes_on not in living and goes_on in follows and goes_on not in seen:
            seen.add(goes_on)
            goes_on = follows[goes_on]
        if goes_on in living:
            found.append((old, goes_on))
    return found


def _selects(tables: Publishable, own: Sequence[str], *, csv: bool) -> dict[str, str]:
    return {
        "golden_customers": _golden(own, csv=csv, source=tables.golden.customers.name),
        "crosswalk": f"select * from {tables.crosswalk.name} order by record_id",
        "aliases": f"select * from {tables.aliases.name} order by {IN_ORDER['aliases']}",
        "relations": f"select * from {tables.golden.relations.name} order by all",
        "events": f"select * from {tables.events.name} order by {IN_ORDER['events']}",
        "lineage": f"select * from {tables.golden.lineage.name} order by customer_id, field, value",
        "set_aside": f"select * from {tables.set_aside.name} order by all",
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
