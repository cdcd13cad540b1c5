"""An erasure carried out, wherever a project keeps something of the person.

Each step can be taken again: what dies in the middle is completed by the next command that holds
the project. The ledger comes last, for it names what is to go.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from unify import erased_worksheets
from unify.erasures import Erasure, finish
from unify.errors import WorkspaceError
from unify.generations import Generations, read_summary
from unify.ledger import Ledger
from unify.mending import Render, holds, mend
from unify.publication import DATABASE
from unify.rewriting import rewrite
from unify.workspace import opened

REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a project keeps what: its workspace, its generations, its worksheets."""

    workspace: Path
    generations: Generations
    review: Path
    render: Render


def carry_out(erasure: Erasure, ledger: Ledger, place: Place) -> tuple[str, ...]:
    """Remove a person from all that a project keeps; give what was done, in words."""
    done = [
        *_workspace(erasure, place.workspace),
        *_generations(erasure, place),
        *_candidates(erasure, place.generations),
        *erased_worksheets.clean(place.review, erasure.person),
    ]
    finish(ledger, erasure)
    return tuple(done)


def _workspace(erasure: Erasure, workspace: Path) -> list[str]:
    if not workspace.exists():
        return []
    fresh = workspace.with_name(f"{workspace.name}.anew")
    fresh.unlink(missing_ok=True)
    try:
        # Opened and closed, it takes in what a run that died has left in the log beside it.
        with opened(workspace):
            pass
        rewrite(workspace, fresh, erasure.person)
    except WorkspaceError:
        _remove(workspace)
        return ["the workspace could not be read: it was removed, and is built anew by `match`"]
    fresh.chmod(0o600)
    _flush(fresh)
    fresh.replace(workspace)
    for beside in ("wal", "tmp"):
        _remove(workspace.with_name(f"{workspace.name}.{beside}"))
    return ["the workspace was written anew"]


def _generations(erasure: Erasure, place: Place) -> list[str]:
    done = []
    for number, folder in enumerate(place.generations.folders()):
        summary = read_summary(folder)
        told = erasure.run_id in summary.get("erasures", ())
        if told or not ((folder / DATABASE).is_file() and (number == 0 or holds(folder, erasure))):
            continue
        fresh = mend(place.generations, folder, erasure, place.render, tell=number == 0)
        place.generations.replace(folder, fresh)
        done.append(f"the generation {summary['run_id']} was written anew")
    return done


def _candidates(erasure: Erasure, generations: Generations) -> list[str]:
    done = []
    for folder in generations.candidates():
        if holds(folder, erasure):
            run_id = read_summary(folder)["run_id"]
            generations.discard(run_id)
            done.append(f"the candidate {run_id} that the gate held back was discarded")
    return done


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
