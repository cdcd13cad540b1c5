"""A first look at some of the records: matched and joined, published nowhere, nothing kept."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from unify.clock import instant
from unify.cluster import cluster
from unify.erasures import tombstones
from unify.identities import Past
from unify.land import land
from unify.ledger import FILE, Ledger, consulted
from unify.linkage.fitting import Wanted
from unify.linkage.own import Own
from unify.match import match
from unify.moves import decisions_now, in_order, overrides_now
from unify.plan import Plan
from unify.standardise import standardise
from unify.standing import adopt_decided, agreed, fingerprints, models_of, stand
from unify.summary import linkage_of
from unify.tables import PublishedCrosswalk, SourceRecord
from unify.workspace import Workspace, opened

ID = "sample"


@dataclass(frozen=True, slots=True)
class Sampled:
    """What became of the records that were looked at, of all that there are."""

    records: int
    of: int
    sources: int
    customers: int
    by_kind: dict[str, int]
    largest_customer: int
    review_pairs: int
    linkage: tuple[dict[str, Any], ...]


def sample(plan: Plan, wanted: int, progress: Callable[[str], None]) -> Sampled:
    """Carry so many records through matching and clustering, by models of their own.

    Whole customers cannot be known beforehand: records of the same name are taken together, and
    one whose name is written otherwise may be missing. Workspace, ledger and what is published
    are left alone.

    Raises UnifyError when a source cannot be read.
    """
    with (
        tempfile.TemporaryDirectory(dir=plan.folder, prefix=".unify-sample-") as scratch,
        opened(None, scratch=Path(scratch)) as workspace,
    ):
        return _sampled(workspace, plan, wanted, progress)


def _sampled(
    workspace: Workspace, plan: Plan, wanted: int, progress: Callable[[str], None]
) -> Sampled:
    ledger = plan.folder / FILE
    progress(f"reading {len(plan.sources)} sources")
    erased = consulted(ledger, lambda opened: (tombstones(opened),))
    landed = land(workspace, plan.sources, plan.own_fields, *erased)
    of = workspace.count(landed.records)
    records = _drawn(workspace, wanted)
    progress("bringing values to standard forms")
    moves = in_order(consulted(ledger, lambda told: tuple(told.moves())))
    overrides = overrides_now(consulted(ledger, Ledger.overrides), moves)
    standard = standardise(workspace, records, plan.country, overrides)
    progress("comparing records")
    matched = match(
        workspace, standard, Wanted(ID, keep=False), Own(plan.own_fields, plan.country),
        auto_merge=plan.match.auto_merge,
    )  # fmt: skip
    progress("joining records to customers")
    fingerprints(workspace, standard)
    heard = stand(
        workspace, decisions_now(consulted(ledger, Ledger.decisions), moves),
        dict(consulted(ledger, Ledger.forms)), models_of(matched), auto_merge=plan.match.auto_merge,
    )  # fmt: skip
    decided = agreed(heard)
    adopt_decided(workspace, decided)
    workspace.start(PublishedCrosswalk)
    cluster(
        workspace, standard, matched.pairs, PublishedCrosswalk(), decided.holding,
        Past({}, {}, instant(plan.clock())), threshold=plan.match.auto_merge,
    )  # fmt: skip
    (counted,) = workspace.rows("sampled_customer")
    (pairs,) = workspace.rows("summary_pairs", review=plan.match.review)
    return Sampled(
        records=workspace.count(records),
        of=of,
        sources=len(plan.sources),
        customers=counted["customers"],
        by_kind={kind: counted[kind] for kind in ("person", "organization")},
        largest_customer=counted["largest"],
        review_pairs=pairs["review_pairs"],
        linkage=tuple(map(linkage_of, matched.linkages)),
    )


def _drawn(workspace: Workspace, wanted: int) -> SourceRecord:
    workspace.sketch_from("sampled_record", wanted=wanted)
    chosen = "select source_record.* from source_record semi join sampled_record using (record_id)"
    return workspace.adopt(SourceRecord, f"{chosen} order by source_record.record_id")
