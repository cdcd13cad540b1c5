"""The two halves of a run on a project's records, each in a process of its own.

    python -m tests.speed.linking prepare FOLDER     land and standardise
    python -m tests.speed.linking link FOLDER        match and cluster

Prints a JSON object of the seconds that each stage took.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import get_type_hints

from tests.projects import Project
from unify.cluster import cluster
from unify.identities import Past
from unify.land import land
from unify.linkage.fitting import Wanted
from unify.linkage.own import Own
from unify.match import match
from unify.plan import Plan
from unify.standardise import standardise
from unify.tables import PublishedCrosswalk, StandardForms
from unify.workspace import Workspace, opened

Seconds = dict[str, float]


def prepare(workspace: Workspace, plan: Plan) -> Seconds:
    """Bring the sources to standard forms."""
    started = time.perf_counter()
    landed = land(workspace, plan.sources, plan.own_fields)
    landed_at = time.perf_counter()
    standardise(workspace, landed.records, plan.country)
    return {"land": landed_at - started, "standardise": time.perf_counter() - landed_at}


def link(workspace: Workspace, plan: Plan) -> Seconds:
    """Find the customers behind the standard forms that an earlier process left."""
    left = get_type_hints(StandardForms).items()
    standard = StandardForms(**{name: table() for name, table in left})
    started = time.perf_counter()
    matched = match(
        workspace, standard, Wanted("run"), Own((), plan.country), auto_merge=plan.match.auto_merge
    )
    matched_at = time.perf_counter()
    past = Past({}, {}, "2026-05-12T06:00:00Z")
    workspace.start(PublishedCrosswalk)
    cluster(
        workspace, standard, matched.pairs, PublishedCrosswalk(), (), past,
        threshold=plan.match.auto_merge,
    )  # fmt: skip
    return {"match": matched_at - started, "cluster": time.perf_counter() - matched_at}


HALVES: dict[str, Callable[[Workspace, Plan], Seconds]] = {"prepare": prepare, "link": link}


def main(half: str, folder: Path) -> None:
    """Carry out one half, and say what it cost."""
    scratch = folder / ".scratch"
    with opened(folder / "unify.duckdb", scratch=scratch) as workspace:
        seconds = HALVES[half](workspace, Project(folder).plan())
    print(json.dumps({stage: round(took, 1) for stage, took in seconds.items()}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
