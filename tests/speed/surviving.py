"""The last third of a run on a project's records: ids, survivorship, lineage and publishing.

    python -m tests.speed.surviving FOLDER

The records have been brought to standard forms and compared (`tests.speed.linking`); who is who is
taken from the truth, so that there are as many customers as there should be. Prints a JSON object
of the seconds that each step took, and of what came out.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_type_hints

from tests.projects import Project
from unify.cluster import identify
from unify.generations import Generations
from unify.identities import Past
from unify.plan import Plan
from unify.publish import Publishable, tell, write_candidate
from unify.standing import fingerprints
from unify.survive import Spoken, survive
from unify.tables import (
    BeyondBridge,
    Cluster,
    Compared,
    Golden,
    Identified,
    PublishedCrosswalk,
    RecordFingerprint,
    RefusedPair,
    ScoredPair,
    SetAsideRow,
    StandardForms,
    StandardRecord,
)
from unify.workspace import Workspace, opened

AT = "2026-05-12T06:00:00Z"
RUN = "run-20260512T060000Z"
TRUE_CLUSTERS = """
    with told as (
        select source || ':' || source_key as record_id, entity from read_csv('{truth}', all_varchar = true)
    ),
    numbered as (
        select record_id, row_number() over (order by record_id) - 1 as item, entity from told
    )
    select record_id, min(item) over (partition by entity) as cluster, 1.0 as confidence,
           if(count(*) over (partition by entity) > 1, 1.0, null) as match_probability,
           if(count(*) over (partition by entity) > 1, 'model', 'alone') as joined_by
    from numbered
"""


@dataclass(slots=True)
class Watch:
    """The seconds that steps took."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timing(self, step: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.seconds[step] = round(time.perf_counter() - started, 1)


def true_clusters(workspace: Workspace, truth: Path) -> Cluster:
    """Who is who, as it is."""
    return workspace.adopt(
        Cluster, TRUE_CLUSTERS.format(truth=truth), StandardRecord(), ScoredPair()
    )


def finish(workspace: Workspace, plan: Plan, clusters: Cluster) -> dict[str, float]:
    """Carry who is who to a sealed candidate."""
    watch = Watch()
    standard: StandardForms = _left(StandardForms)
    past = Past({}, {}, AT)
    printed = fingerprints(workspace, standard)
    with watch.timing("ids"):
        workspace.start(PublishedCrosswalk)
        workspace.start(BeyondBridge)
        who, _ = identify(
            workspace, standard.records, clusters, BeyondBridge(), PublishedCrosswalk(), past
        )
    with watch.timing("survivorship and lineage"):
        golden = survive(
            workspace, standard, who, plan.survivorship, plan.own_fields, Spoken((), ()), AT
        )
    with watch.timing("writing"):
        _write(workspace, plan, who, golden, printed)
    return watch.seconds


def _write(
    workspace: Workspace, plan: Plan, who: Identified, golden: Golden, printed: RecordFingerprint
) -> None:
    events, aliases = tell(workspace, golden, who, (), None, RUN, AT, plan.own_fields)
    compared: Compared = _left(Compared)
    write_candidate(
        workspace,
        Publishable(
            golden, who.crosswalk, ScoredPair(), compared, printed, RefusedPair(), events, aliases,
            SetAsideRow(),
        ),
        Generations(plan.output, "private"),
        plan.own_fields,
        {"run_id": RUN},
        lambda *_: "",
        plan.publish,
    )  # fmt: skip


def _left(made: type) -> object:
    """The tables that an earlier process left."""
    return made(**{name: table() for name, table in get_type_hints(made).items()})


def main(folder: Path) -> None:
    """Finish the run, and say what it cost."""
    shutil.rmtree(folder / ".generations", ignore_errors=True)
    (folder / ".generations").mkdir()
    with opened(folder / "unify.duckdb", scratch=folder / ".scratch") as workspace:
        clusters = true_clusters(workspace, folder / "truth.csv")
        customers = workspace.distinct(Cluster.name, "cluster")
        seconds = finish(workspace, Project(folder).plan(), clusters)
    print(json.dumps({"customers": customers, **seconds}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
