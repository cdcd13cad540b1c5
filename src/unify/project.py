"""A project while a run holds it: its lock, its ledger, its generations, the run's record."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from unify import erasing, erasures, lock, report
from unify import ledger as ledgers
from unify.clock import instant, run_id
from unify.erasing import REVIEW, Place
from unify.erasures import Erasure
from unify.errors import UnifyError
from unify.generations import Generations, read_summary
from unify.ledger import Ledger, Run
from unify.plan import Plan
from unify.publication import published_promises

WORKSPACE, SCRATCH = "unify.duckdb", ".unify-tmp"
PUBLISHED = "published"
End = Callable[[str, int, dict[str, Any]], None]


@contextlib.contextmanager
def held(plan: Plan) -> Iterator[tuple[Ledger, Generations]]:
    """The project under its lock, with whatever an earlier run left half-done settled."""
    now = instant(plan.clock())
    generations = generations_of(plan)
    with lock.held(plan.folder / WORKSPACE, now):
        generations.prepare()
        with ledgers.opened(plan.folder / ledgers.FILE) as ledger:
            generations.restore([run.run_id for run in ledger.runs() if run.status == PUBLISHED])
            _settle(ledger, generations, now)
            _complete_erasures(plan, ledger, generations)
            try:
                yield ledger, generations
            finally:
                shutil.rmtree(plan.folder / SCRATCH, ignore_errors=True)


def generations_of(plan: Plan) -> Generations:
    """The generations of the project, as those who write them see them."""
    here = os.path.relpath(plan.folder, plan.output.parent)
    return Generations(plan.output, plan.publish.mode, Path(here).as_posix())


def place(plan: Plan, generations: Generations, past: Sequence[Run]) -> Place:
    """Where the project keeps what."""
    return Place(
        plan.folder / WORKSPACE,
        generations,
        plan.folder / REVIEW,
        partial(report.render, past=past, language=plan.language),
    )


def erased_summary(erasure: Erasure) -> dict[str, Any]:
    """What stays told of an erasure."""
    return {
        "erased": {
            "customers": list(erasure.person.customers),
            "records": len(erasure.person.records),
            "by": erasure.steward,
            "reason": erasure.reason,
        }
    }


def _complete_erasures(plan: Plan, ledger: Ledger, generations: Generations) -> None:
    for erasure in erasures.unfinished(ledger):
        erasing.carry_out(erasure, ledger, place(plan, generations, ledger.runs()))
        summary = json.dumps(erased_summary(erasure))
        ledger.end(erasure.run_id, instant(plan.clock()), erasures.ERASED, 0, summary)


def _settle(ledger: Ledger, generations: Generations, now: str) -> None:
    """Bring ledger and published generation together, whichever of them knows less."""
    folder = generations.published()
    if folder is None:
        ledger.recover(None, now)
        return
    run_id = read_summary(folder)["run_id"]
    if run_id not in {run.run_id for run in ledger.runs()}:
        # The ledger was lost, or is an older copy: what was published still stands.
        ledger.learn(run_id, now, published_promises(folder))
    ledger.recover(run_id, now)


def begin(plan: Plan, ledger: Ledger) -> str:
    """Note that a run starts, under an id that no run had."""
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
def recorded(ledger: Ledger, plan: Plan, run: str) -> Iterator[End]:
    """Note in the ledger how the run ends, however it ends: status, exit code and summary."""

    def end(status: str, exit_code: int, summary: dict[str, Any]) -> None:
        ledger.end(run, instant(plan.clock()), status, exit_code, json.dumps(summary))

    try:
        yield end
    except UnifyError as failed:
        ledger.end(run, instant(plan.clock()), "failed", failed.exit_code)
        raise
    except BaseException as raised:
        code = 130 if isinstance(raised, KeyboardInterrupt) else getattr(raised, "exit_code", 1)
        ledger.end(run, instant(plan.clock()), "interrupted", code)
        raise
