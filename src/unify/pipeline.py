"""One run, from sources to a published generation: a line a stage."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any

from unify import project, report
from unify.clock import instant
from unify.cluster import Clustered, cluster
from unify.decisions import Decision, Override, fingerprint
from unify.erasures import tombstones
from unify.errors import ConfigError
from unify.gate import displaced, newly_spoken_of
from unify.generations import Generations, read_summary
from unify.identities import Past
from unify.land import land
from unify.ledger import Ledger, PastEvent, PromisedId, Promises
from unify.linkage.fitting import Wanted
from unify.linkage.own import Own
from unify.match import Matched, match
from unify.memory import complete, resume
from unify.moves import Moved, decisions_now, in_order, note_moves, overrides_now
from unify.plan import Plan
from unify.publication import DATABASE, published_crosswalk, published_moves, published_refusals
from unify.publish import Candidate, Publishable, lost, tell, write_candidate
from unify.recognise import recognise
from unify.rules import made_by
from unify.standardise import standardise
from unify.standing import adopt_decided, agreed, fingerprints, models_of, stand
from unify.summary import summarise
from unify.survive import Spoken, survive
from unify.workspace import Workspace, opened

Progress = Callable[[str], None]
HELD_BACK = 3


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

    @property
    def exit_code(self) -> int:
        """0, or 3 when a person must look before it is published."""
        return HELD_BACK if self.objections else 0


def run(
    plan: Plan,
    *,
    dry_run: bool,
    progress: Progress,
    full: bool = False,
    retrain: bool = False,
) -> RunReport:
    """Carry out one run and publish it, unless the gate holds it back or it is a dry one.

    `full`: read, standardise and compare every record anew, whatever earlier runs remember.
    `retrain`: fit the models anew, whatever earlier runs fitted.

    Raises UnifyError when it cannot be carried out; what was published then still stands.
    """
    with project.held(plan) as (ledger, generations):
        run_id = project.begin(plan, ledger)
        with project.recorded(ledger, plan, run_id) as end:
            scratch = plan.folder / project.SCRATCH
            with opened(plan.folder / project.WORKSPACE, scratch=scratch) as workspace:
                candidate, promises = consolidate(
                    workspace, ledger, plan, run_id, generations, progress,
                    full=full, retrain=retrain,
                )  # fmt: skip
            outcome = _settle(plan, generations, ledger, candidate, promises, dry_run)
            done = RunReport(run_id, outcome, candidate.summary, candidate.objections)
            end(outcome.value, done.exit_code, done.summary)
    return done


def consolidate(
    workspace: Workspace,
    ledger: Ledger,
    plan: Plan,
    run_id: str,
    generations: Generations,
    progress: Progress,
    *,
    full: bool,
    retrain: bool,
) -> tuple[Candidate, Promises]:
    """Carry sources through every stage, to a sealed candidate beside the published generation."""
    at = instant(plan.clock())
    rules = made_by(plan.settings)
    anew = not resume(workspace, rules) or full
    past = _past(ledger, generations, at)
    progress(f"reading {len(plan.sources)} sources")
    landed = land(workspace, plan.sources, plan.own_fields, tombstones(ledger))
    progress("bringing values to standard forms")
    moves = in_order(ledger.moves())
    overrides = overrides_now(ledger.overrides(), moves)
    standard = standardise(workspace, landed.records, plan.country, overrides, anew=full)
    printed = fingerprints(workspace, standard)
    progress("comparing records")
    matched = match(
        workspace, standard, _wanted(run_id, generations, retrain),
        Own(plan.own_fields, plan.country), auto_merge=plan.match.auto_merge,
        anew=anew,
    )  # fmt: skip
    _tell_refitted(matched, progress)
    standing = generations.published()
    recognised = recognise(
        workspace, standard.records, matched.compared,
        [one.trained.model for one in matched.linkages], past.crosswalk,
        standing / DATABASE if standing else None, auto_merge=plan.match.auto_merge,
    )  # fmt: skip
    said: tuple[Decision | Override, ...] = (*ledger.decisions(), *ledger.overrides())
    asked = newly_spoken_of(said, moves, past.crosswalk, _heard(generations))
    moves.append((at, recognised.moved))
    progress("joining records to customers")
    holding = _holding(workspace, ledger, moves, matched, plan)
    clustered = cluster(
        workspace, standard, matched.pairs, recognised.published, holding, past,
        threshold=plan.match.auto_merge,
    )  # fmt: skip
    who = clustered.identified
    progress("choosing the values that survive")
    golden = survive(
        workspace, standard, who, plan.survivorship, plan.own_fields,
        Spoken(
            overrides_now(overrides, moves[-1:]), published_refusals(standing) if standing else []
        ),
        at,
    )  # fmt: skip
    progress("writing the candidate")
    promises = _promises(clustered, run_id, at)
    history = (*ledger.events(), *promises.events)
    events, aliases = tell(workspace, golden, who, history, standing, run_id, at, plan.own_fields)
    summary = summarise(workspace, plan, run_id, at, landed, matched, recognised, clustered)
    summary |= {"decided": fingerprint(said), "heard": max((one.at for one in said), default="")}
    summary |= displaced(clustered.promise.events, asked)
    summary |= lost(workspace, golden, standing, plan.own_fields, asked)
    candidate = write_candidate(
        workspace,
        Publishable(
            golden,
            who.crosswalk,
            matched.pairs,
            matched.compared,
            printed,
            clustered.refused,
            events,
            aliases,
            landed.set_aside,
        ),
        generations,
        plan.own_fields,
        summary,
        partial(report.render, past=ledger.runs(), language=plan.language),
        plan.publish,
    )
    complete(workspace, rules)
    return candidate, promises


def accept(plan: Plan, run_id: str) -> RunReport:
    """Publish exactly the candidate of a run that the gate held back.

    Raises ConfigError when there is none, or when it was compared with another generation
    than the one that is published now.
    """
    with project.held(plan) as (ledger, generations):
        folder = generations.held(run_id)
        if folder is None:
            raise ConfigError(
                f"no candidate of {run_id} is held back",
                where="--accept",
                remedy="Only the latest run that was held back can be accepted: see `unify runs`.",
            )
        summary = read_summary(folder)
        standing = generations.summary()
        if summary["follows"] != (standing["run_id"] if standing else None):
            raise ConfigError(
                "another generation was published since this candidate was made",
                where=f"--accept {run_id}",
                remedy="Run `unify match` again.",
            )
        promises = Promises.read(generations.held_promises(run_id))
        with project.recorded(ledger, plan, run_id) as end:
            _publish(plan, generations, ledger, folder, run_id, promises)
            end(Outcome.PUBLISHED.value, 0, summary)
    return RunReport(run_id, Outcome.PUBLISHED, summary, ())


def _settle(
    plan: Plan,
    generations: Generations,
    ledger: Ledger,
    candidate: Candidate,
    promises: Promises,
    dry_run: bool,
) -> Outcome:
    run_id = candidate.summary["run_id"]
    if dry_run:
        shutil.rmtree(candidate.folder)
        return Outcome.DRY
    if candidate.objections:
        generations.hold(candidate.folder, run_id, promises.written())
        return Outcome.HELD
    _publish(plan, generations, ledger, candidate.folder, run_id, promises)
    return Outcome.PUBLISHED


def _publish(
    plan: Plan,
    generations: Generations,
    ledger: Ledger,
    folder: Path,
    run_id: str,
    promises: Promises,
) -> None:
    # Promised before it is published: an id is never out without the ledger knowing. What was
    # promised and not published after all, the next run takes back.
    moves = note_moves(ledger, published_moves(folder), run_id, instant(plan.clock()))
    ledger.promise(run_id, promises, moves)
    generations.switch(folder, run_id, plan.publish.keep)


def _past(ledger: Ledger, generations: Generations, at: str) -> Past:
    promised = ledger.promised()
    folder = generations.published()
    if folder is None:
        # Without a published generation, the founding records still tell whose id is whose.
        ended = ("merged", "retired")
        gone = {event.customer_id for event in ledger.events() if event.event in ended}
        crosswalk = {
            p.founding_record: p.customer_id for p in promised if p.customer_id not in gone
        }
    else:
        crosswalk = published_crosswalk(folder)
    return Past(crosswalk, {p.customer_id: p.first_seen for p in promised}, at)


def _holding(
    workspace: Workspace,
    ledger: Ledger,
    moves: Sequence[tuple[str, Moved]],
    matched: Matched,
    plan: Plan,
) -> tuple[Decision, ...]:
    """The decisions that apply to the records of now, and that all who spoke agree on."""
    heard = stand(
        workspace, decisions_now(ledger.decisions(), moves), dict(ledger.forms()),
        models_of(matched), auto_merge=plan.match.auto_merge,
    )  # fmt: skip
    decided = agreed(heard)
    adopt_decided(workspace, decided)
    return decided.holding


def _heard(generations: Generations) -> str:
    """When the last of what the published generation heeded was said."""
    standing = generations.summary() or {}
    return str(standing.get("heard", standing.get("started_at", "")))


def _wanted(run_id: str, generations: Generations, retrain: bool) -> Wanted:
    """The models that the published generation was compared by, unless new ones are asked for."""
    standing = generations.summary() or {}
    models = ((one["kind"], one.get("model")) for one in standing.get("linkage", ()))
    versions = tuple((kind, model["version"]) for kind, model in models if model)
    return Wanted(run_id, versions, retrain)


def _tell_refitted(matched: Matched, progress: Progress) -> None:
    for one in matched.linkages:
        if one.chosen and one.chosen.why:
            progress(f"the model of kind {one.kind} was fitted anew: {one.chosen.why}")


def _promises(clustered: Clustered, run_id: str, at: str) -> Promises:
    return Promises(
        ids=tuple(PromisedId(made, founding, at) for made, founding in clustered.promise.created),
        events=tuple(
            PastEvent(customer, event, other, run_id, at)
            for customer, event, other in clustered.promise.events
        ),
    )
