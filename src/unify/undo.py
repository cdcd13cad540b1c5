"""Back to the generation before: published again, with events that say so."""

from __future__ import annotations

import os
import shutil
from itertools import product
from pathlib import Path
from typing import Any

from unify import project, report
from unify.clock import instant
from unify.errors import WorkspaceError
from unify.gate import MADE_OF
from unify.generations import SUMMARY, Generations, read_summary
from unify.identities import Past, fates
from unify.ledger import PastEvent, Promises
from unify.moves import Moved, note_moves, taken_back
from unify.plan import Plan
from unify.publication import DATABASE, move_rows, published_crosswalk, published_moves
from unify.publish import IN_ORDER, REPORT, alias_rows, event_rows
from unify.workspace import Workspace, opened

Summary = dict[str, Any]
CUSTOMERS = "golden_customers.parquet"
TOLD_OF_UNDONE = ("run_id", *MADE_OF)


def undo(plan: Plan) -> Summary:
    """Publish the generation before the published one again, under a run of its own.

    Gives the new run's summary. Raises WorkspaceError where there is none, or it is not kept.
    """
    with project.held(plan) as (ledger, generations):
        standing, back = _two(generations)
        run_id = project.begin(plan, ledger)
        with project.recorded(ledger, plan, run_id) as end:
            at = instant(plan.clock())
            moved = published_moves(standing)
            happened = _happened(standing, back, moved, run_id, at)
            folder = generations.begin(run_id)
            rows = _rewrite(folder, back, standing, (*ledger.events(), *happened), run_id, at)
            summary = _summary(standing, back, run_id, at, rows)
            told = report.render(folder, summary, past=ledger.runs(), language=plan.language)
            (folder / REPORT).write_text(told, encoding="utf-8")
            generations.seal(folder, summary)
            moves = note_moves(ledger, taken_back(moved), run_id, at)
            ledger.promise(run_id, Promises((), tuple(happened)), moves)
            generations.switch(folder, run_id, plan.publish.keep)
            end(project.PUBLISHED, 0, summary)
    return summary


def _two(generations: Generations) -> tuple[Path, Path]:
    """The published generation and the one before it."""
    standing = generations.published()
    follows = read_summary(standing)["follows"] if standing else None
    if standing is None or follows is None:
        raise WorkspaceError(
            "there is no generation before the published one"
            if standing
            else "nothing is published",
            where=os.fspath(generations.output),
            remedy="Only what was published after another generation can be undone.",
        )
    back = generations.of(follows)
    if back is None:
        raise WorkspaceError(
            f"the generation before ({follows}) is not kept any more",
            where=os.fspath(generations.store),
            remedy="`keep` in [publish] says how many generations are kept.",
        )
    return standing.resolve(), back


def _happened(standing: Path, back: Path, moved: Moved, run_id: str, at: str) -> list[PastEvent]:
    """What becomes of each customer when the earlier generation stands again."""
    past = Past(published_crosswalk(standing), {}, at)
    living = set(published_crosswalk(back).values())
    with opened(None) as memory:
        memory.lend("moved_record", move_rows(moved))
        overlaps = memory.rows(
            "generation_overlap", back=os.fspath(back), standing=os.fspath(standing)
        )
    told = fates(overlaps, {one: one for one in living}, past)
    split = {other for _, event, other in told if event == "split"}
    again = sorted(living - set(past.crosswalk.values()) - split)
    return [
        PastEvent(customer, event, other, run_id, at)
        for customer, event, other in (*told, *((one, "created", None) for one in again))
    ]


def _rewrite(
    folder: Path,
    back: Path,
    standing: Path,
    history: tuple[PastEvent, ...],
    run_id: str,
    at: str,
) -> dict[str, int]:
    """Write the earlier generation's files anew, with all that happened since; give the rows."""
    anew = {f"{name}.{form}" for name in IN_ORDER for form in ("csv", "parquet")}
    for file in sorted(back.iterdir()):
        if file.name not in {*anew, DATABASE, SUMMARY, REPORT}:
            shutil.copyfile(file, folder / file.name)
    rows: dict[str, int] = {}
    told = {name: f"select * from {name} order by {order}" for name, order in IN_ORDER.items()}
    with opened(None) as memory:
        _tell(memory, back, standing, history, run_id, at)
        for name, form in product(told, ("csv", "parquet")):
            target = f"{name}.{form}"
            rows[target] = memory.write(told[name], folder / target)
        with memory.beside(back / DATABASE) as tables:
            kept = {name: f"select * from {source}" for name, source in tables.items()}
            memory.write_database({**kept, **told}, folder / DATABASE)
    return rows


def _tell(
    memory: Workspace,
    back: Path,
    standing: Path,
    history: tuple[PastEvent, ...],
    run_id: str,
    at: str,
) -> None:
    """Make `events` and `aliases` of what happened."""
    files = {name: os.fspath(one / CUSTOMERS) for name, one in (("now", back), ("then", standing))}
    memory.compose("now_published", "select * from read_parquet($now)", now=files["now"])
    changed = memory.rows("changed_customer", file=files["then"])
    rows = event_rows(history, (row["customer_id"] for row in changed), run_id, at)
    memory.hold("events", rows)
    memory.hold("aliases", alias_rows(history, set(published_crosswalk(back).values())))


def _summary(standing: Path, back: Path, run_id: str, at: str, rows: dict[str, int]) -> Summary:
    """The earlier run's summary, as that of a run which took the later one back."""
    gone, again = read_summary(standing), read_summary(back)
    known = {
        name: {"rows": told["rows"]} for name, told in again["files"].items() if "rows" in told
    }
    return {
        **again,
        "run_id": run_id,
        "started_at": at,
        "files": {**known, **{name: {"rows": count} for name, count in rows.items()}},
        "gate": [],
        "undone": [*gone.get("undone", ()), {name: gone.get(name) for name in TOLD_OF_UNDONE}],
    }
