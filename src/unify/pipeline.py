"""One run, from sources to a published generation: a line a stage."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any

from unify import ledger as ledgers
from unify import lock, report
from unify.clock import instant, run_id
from unify.cluster import Clustered, cluster
from unify.errors import ConfigError, UnifyError
from unify.generations import Generations, read_summary
from unify.identities import Past
from unify.land import Landed, land
from unify.ledger import Ledger, PastEvent, PromisedId
from unify.match import Matched, match
from unify.plan import Plan
from unify.publish import (
    Candidate,
    adopt_events,
    changed_customers,
    published_crosswalk,
    write_candidate,
)
from unify.standardise import standardise
from unify.survive import survive
from unify.workspace import Workspace, opened

WORKSPACE, SCRATCH = "unify.duckdb", ".unify-tmp"
Progress = Callable[[str], None]


class Outcome(Enum):
    """How a run ended."""

    PUBLISHED = "published"
    HELD = "held"
    DRY = "dry-run"


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did: its outcome, its summary (as in run.json) and the gate's objections."""

    run_id: str
    outcome: Outcome
    summary: dict[str, Any]
    objections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promised:
    """What the ledger promises when a candidate is published."""

    ids: tuple[PromisedId, ...]
    events: tuple[PastEvent, ...]


def run(plan: Plan, *, dry_run: bool, progress: Progress) -> RunReport:
    """Carry out one run and publish it, unless the gate holds it back or it is a dry one.

    Raises UnifyError when it cannot be carried out; what was published then still stands.
    """
    with _project(plan) as (ledger, generations):
        run = _begin(plan, ledger)
        with _recorded(ledger, plan, run) as end:
            with opened(plan.folder / WORKSPACE, scratch=plan.folder / SCRATCH) as workspace:
                candidate, promised = consolidate(
                    workspace, ledger, plan, run, generations, progress
                )
            outcome = _settle(plan, generations, ledger, candidate, promised, run, dry_run)
            end(outcome, candidate)
    return RunReport(run, outcome, candidate.summary, candidate.objections)


def consolidate(
    workspace: Workspace,
    ledger: Ledger,
    plan: Plan,
    run: str,
    generations: Generations,
    progress: Progress,
) -> tuple[Candidate, Promised]:
    """Carry sources through every stage, to a sealed candidate beside the published generation."""
    at = instant(plan.clock())
    past = _past(ledger, generations, run, at)
    progress(f"reading {len(plan.sources)} sources")
    landed = land(workspace, plan.sources, plan.own_fields)
    progress("bringing values to standard forms")
    standard = standardise(workspace, landed.records, plan.country)
    progress("comparing records")
    matched = match(workspace, standard)
    progress("joining records to customers")
    clustered = cluster(
        workspace, standard, matched.pairs, ledger.decisions(), past,
        threshold=plan.match.auto_merge,
    )  # fmt: skip
    progress("choosing the values that survive")
    survive(workspace, standard, clustered.crosswalk, plan.survivorship, plan.own_fields)
    progress("writing the candidate")
    promised = _promised(clustered, run, at)
    _tell_events(workspace, ledger, generations, promised, run, at)
    candidate = write_candidate(
        workspace, generations, run, plan.own_fields,
        _summary(workspace, plan, run, at, landed, matched, clustered),
        partial(report.render, language=plan.language), plan.publish,
    )  # fmt: skip
    return candidate, promised


def accept(plan: Plan, run: str) -> RunReport:
    """Publish exactly the candidate of a run that the gate held back.

    Raises ConfigError when there is none, or when it was compared with another generation
    than the one that is published now.
    """
    with _project(plan) as (ledger, generations):
        folder = generations.held(run)
        if folder is None:
            raise ConfigError(
                f"no candidate of {run} is held back",
                where="--accept",
                remedy="`unify runs` lists the runs; only the latest one held back can be accepted.",
            )
        summary = read_summary(folder)
        standing = generations.summary()
        if summary["follows"] != (standing["run_id"] if standing else None):
            raise ConfigError(
                "another generation was published since this candidate was made",
                where=f"--accept {run}",
                remedy="Run `unify match` again.",
            )
        _publish(plan, generations, ledger, folder, _read_promise(generations, run), run)
        ledger.end(run, instant(plan.clock()), Outcome.PUBLISHED.value, 0, json.dumps(summary))
    return RunReport(run, Outcome.PUBLISHED, summary, ())


@contextlib.contextmanager
def _project(plan: Plan) -> Iterator[tuple[Ledger, Generations]]:
    """The project under its lock, with whatever an earlier run left half-done settled."""
    now = instant(plan.clock())
    generations = Generations(plan.output, plan.publish.mode)
    with lock.held(plan.folder / WORKSPACE, now):
        generations.prepare()
        with ledgers.opened(plan.folder / ledgers.FILE) as ledger:
            standing = generations.summary()
            ledger.recover(standing["run_id"] if standing else None, now)
            try:
                yield ledger, generations
            finally:
                shutil.rmtree(plan.folder / SCRATCH, ignore_errors=True)


def _begin(plan: Plan, ledger: Ledger) -> str:
    started = plan.clock()
    known = {run.run_id for run in ledger.runs()}
    first, counter = run_id(started), 1
    run = first
    while run in known:
        counter += 1
        run = f"{first}-{counter}"
    ledger.begin(run, instant(started), plan.settings)
    return run


@contextlib.contextmanager
def _recorded(
    ledger: Ledger, plan: Plan, run: str
) -> Iterator[Callable[[Outcome, Candidate], None]]:
    """Note in the ledger how the run ends, however it ends."""

    def end(outcome: Outcome, candidate: Candidate) -> None:
        code = 3 if candidate.objections else 0
        now = instant(plan.clock())
        ledger.end(run, now, outcome.value, code, json.dumps(candidate.summary))

    try:
        yield end
    except UnifyError as failed:
        ledger.take_back(run)
        ledger.end(run, instant(plan.clock()), "failed", failed.exit_code)
        raise
    except BaseException:
        ledger.end(run, instant(plan.clock()), "interrupted", 1)
        raise


def _settle(
    plan: Plan,
    generations: Generations,
    ledger: Ledger,
    candidate: Candidate,
    promised: Promised,
    run: str,
    dry_run: bool,
) -> Outcome:
    if dry_run:
        shutil.rmtree(candidate.folder)
        return Outcome.DRY
    if candidate.objections:
        generations.hold(candidate.folder, run, _written(promised))
        return Outcome.HELD
    _publish(plan, generations, ledger, candidate.folder, promised, run)
    return Outcome.PUBLISHED


def _publish(
    plan: Plan,
    generations: Generations,
    ledger: Ledger,
    folder: Path,
    promised: Promised,
    run: str,
) -> None:
    # Promised before it is published: an id is never out without the ledger knowing.
    ledger.promise(run, promised.ids, promised.events)
    generations.switch(folder, run, plan.publish.keep)


def _past(ledger: Ledger, generations: Generations, run: str, at: str) -> Past:
    promised = ledger.promised()
    folder = generations.published()
    if folder is None:
        # Without a published generation, the founding records still tell whose id is whose.
        gone = {
            event.customer_id for event in ledger.events() if event.event in ("merged", "retired")
        }
        crosswalk = {
            p.founding_record: p.customer_id for p in promised if p.customer_id not in gone
        }
    else:
        crosswalk = published_crosswalk(folder)
    return Past(crosswalk, {p.customer_id: p.first_seen for p in promised}, run, at)


def _promised(clustered: Clustered, run: str, at: str) -> Promised:
    return Promised(
        ids=tuple(PromisedId(made, founding, at) for made, founding in clustered.promise.created),
        events=tuple(
            PastEvent(customer, event, other, run, at)
            for customer, event, other in clustered.promise.events
        ),
    )


def _tell_events(
    workspace: Workspace,
    ledger: Ledger,
    generations: Generations,
    promised: Promised,
    run: str,
    at: str,
) -> None:
    for_ever = [
        (e.customer_id, e.event, e.other_customer_id, e.run_id, e.at)
        for e in (*ledger.events(), *promised.events)
    ]
    changed = changed_customers(workspace, generations.published())
    adopt_events(workspace, [*for_ever, *((c, "changed", None, run, at) for c in changed)])


def _summary(
    workspace: Workspace,
    plan: Plan,
    run: str,
    at: str,
    landed: Landed,
    matched: Matched,
    clustered: Clustered,
) -> dict[str, Any]:
    """What run.json says, but for the files."""
    unaccounted = workspace.rows("accounting")
    if unaccounted:
        raise AssertionError(f"rows are not accounted for: {unaccounted}")
    sources = {row.pop("source"): row for row in workspace.rows("summary_sources")}
    (counted,) = workspace.rows("summary_customers")
    (pairs,) = workspace.rows("summary_pairs", review=plan.match.review)
    happened = Counter(event for _, event, _ in clustered.promise.events)
    return {
        "run_id": run,
        "started_at": at,
        "project": plan.name,
        "settings": plan.settings,
        "sources": sources,
        "columns": {
            name: {m.column: f"{m.field}:{m.label}" if m.label else m.field for m in mapped}
            for name, mapped in landed.mappings
        },
        "rows_read": sum(row["rows_read"] for row in sources.values()),
        "records": sum(row["records"] for row in sources.values()),
        "set_aside": sum(row["set_aside"] for row in sources.values()),
        "customers": counted["customers"],
        "by_kind": {"person": counted["person"], "organization": counted["organization"]},
        "by_systems": {
            str(row["systems"]): row["customers"] for row in workspace.rows("summary_systems")
        },
        "largest_customer": counted["largest"],
        "review_pairs": pairs["review_pairs"],
        "events": dict(sorted(happened.items())),
        "displaced": len({c for c, event, _ in clustered.promise.events if event != "created"}),
        "linkage": [
            {
                "kind": linkage.kind,
                "records": linkage.records,
                "pairs": linkage.pairs,
                "expected_matches": round(linkage.trained.expected_matches, 1),
                "prior": linkage.trained.model.prior,
                "remarks": list(linkage.trained.remarks),
                "blocks_left_out": {
                    cost.rule: cost.records_left_out
                    for cost in linkage.blocking
                    if cost.records_left_out
                },
            }
            for linkage in matched.linkages
        ],
    }


def _written(promised: Promised) -> dict[str, Any]:
    return {
        "ids": [[p.customer_id, p.founding_record, p.first_seen] for p in promised.ids],
        "events": [
            [e.customer_id, e.event, e.other_customer_id, e.run_id, e.at] for e in promised.events
        ],
    }


def _read_promise(generations: Generations, run: str) -> Promised:
    written = generations.held_promise(run)
    return Promised(
        tuple(PromisedId(*entry) for entry in written["ids"]),
        tuple(PastEvent(*entry) for entry in written["events"]),
    )
