"""Scored pairs and decisions → crosswalk: every record's customer, by an id that stays."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from unify.decisions import Decision, Judgement
from unify.identities import Past, Promise, settle_ids
from unify.linkage.clustering import Groups, Link, join_by_evidence
from unify.tables import (
    Cluster,
    Crosswalk,
    Customer,
    Identified,
    PublishedCrosswalk,
    ScoredPair,
    StandardForms,
)
from unify.workspace import Workspace

PAIR = ("record_id_l", "record_id_r", "match_probability", "match_weight")


@dataclass(frozen=True, slots=True)
class Clustered:
    """Who is who, and the ids that have to be promised before it is published."""

    identified: Identified
    promise: Promise


def cluster(
    workspace: Workspace,
    standard: StandardForms,
    pairs: ScoredPair,
    decisions: Sequence[Decision],
    past: Past,
    *,
    threshold: float,
) -> Clustered:
    """Join records whose evidence reaches `threshold`, and keep apart what a steward kept apart.

    Ids go to clusters by their overlap with the published generation.
    """
    records = standard.records
    clusters = workspace.adopt(Cluster, _clusters(workspace, decisions, threshold), records, pairs)
    published = workspace.adopt(PublishedCrosswalk, _published(past))
    promise = settle_ids(
        overlaps=workspace.rows("overlap"), clusters=workspace.rows("founding"), past=past
    )
    rows = _table(Customer, promise.customers)
    customers = workspace.adopt(Customer, rows, clusters, published)
    crosswalk = workspace.build(Crosswalk, records, clusters, customers)
    return Clustered(Identified(crosswalk, clusters, customers), promise)


def _clusters(workspace: Workspace, decisions: Sequence[Decision], threshold: float) -> pa.Table:
    records = workspace.query("cluster_item").to_pydict()
    number = {record: place for place, record in enumerate(records["record_id"])}
    groups = Groups(records["identity"])
    told = [d for d in decisions if d.left_record in number and d.right_record in number]
    same = [
        Link(number[d.left_record], number[d.right_record], 1.0, math.inf)
        for d in told
        if d.judgement is Judgement.SAME
    ]
    for link in same:
        groups.join(link.a, link.b)
    for decision in told:
        if decision.judgement is Judgement.DIFFERENT:
            groups.keep_apart(number[decision.left_record], number[decision.right_record])
    scored = workspace.query("scored_pair_sorted").to_pydict()
    every = [
        Link(number[left], number[right], probability, weight)
        for left, right, probability, weight in zip(*(scored[name] for name in PAIR), strict=True)
    ]
    joined = join_by_evidence(groups, every, threshold)
    return _described(records["record_id"], groups, same, joined, every)


def _described(
    records: Sequence[str],
    groups: Groups,
    same: Sequence[Link],
    joined: Sequence[Link],
    every: Sequence[Link],
) -> pa.Table:
    """Each record's cluster, its weakest link, and the record's strongest link within it."""
    roots = [groups.find(place) for place in range(len(records))]
    confidence: dict[int, float] = {}
    for link in joined:
        root = roots[link.a]
        confidence[root] = min(confidence.get(root, 1.0), link.probability)
    strongest: dict[int, float] = {}
    for link in every:
        if roots[link.a] == roots[link.b]:
            for end in (link.a, link.b):
                strongest[end] = max(strongest.get(end, 0.0), link.probability)
    stewards = {end for link in same for end in (link.a, link.b)}
    smallest: dict[int, int] = {}
    for place, root in enumerate(roots):
        smallest.setdefault(root, place)
    return pa.table(
        {
            "record_id": records,
            "cluster": [smallest[root] for root in roots],
            "confidence": [confidence.get(root, 1.0) for root in roots],
            "match_probability": pa.array(
                [
                    strongest.get(place, 1.0 if place in stewards else None)
                    for place in range(len(records))
                ],
                pa.float64(),
            ),
            "joined_by": [
                _joined_by(place in stewards, groups.size[root]) for place, root in enumerate(roots)
            ],
        }
    )


def _joined_by(steward: bool, size: int) -> str:
    if size == 1:
        return "alone"
    return "steward" if steward else "model"


def _published(past: Past) -> pa.Table:
    records = sorted(past.crosswalk)
    return pa.table(
        {
            "record_id": pa.array(records, pa.string()),
            "customer_id": pa.array([past.crosswalk[record] for record in records], pa.string()),
        }
    )


def _table(table: type[Customer], rows: Sequence[tuple[object, ...]]) -> pa.Table:
    names = [name for name, _ in table.columns]
    return pa.Table.from_pylist(
        [dict(zip(names, row, strict=True)) for row in rows],
        schema=pa.schema(
            [
                (name, pa.int64() if kind == "BIGINT" else pa.string())
                for name, kind in table.columns
            ]
        ),
    )
