"""Scored pairs and decisions → crosswalk: every record's customer, by an id that stays."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from unify.decisions import Decision, Judgement
from unify.identities import Past, Promise, settle_ids
from unify.linkage.clustering import Groups, Link, Refusal, components, join_by_evidence
from unify.tables import (
    Cluster,
    Crosswalk,
    Customer,
    Identified,
    PublishedCrosswalk,
    RefusedPair,
    ScoredPair,
    StandardForms,
)
from unify.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Clustered:
    """Who is who, what was kept apart, and the ids to be promised before it is published."""

    identified: Identified
    refused: RefusedPair
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
    workspace.compose_from("cluster_item")
    described, refusals = _clusters(workspace, decisions, threshold)
    clusters = workspace.adopt(Cluster, described, records, pairs)
    workspace.hold("refusal", refusals)
    refused = workspace.build(RefusedPair, records, pairs)
    workspace.drop("refusal", "cluster_item")
    published = workspace.adopt(PublishedCrosswalk, _published(past))
    promise = settle_ids(
        overlaps=workspace.rows("overlap"), clusters=workspace.rows("founding"), past=past
    )
    rows = _table(Customer, promise.customers)
    customers = workspace.adopt(Customer, rows, clusters, published)
    crosswalk = workspace.build(Crosswalk, records, clusters, customers)
    return Clustered(Identified(crosswalk, clusters, customers), refused, promise)


def _clusters(
    workspace: Workspace, decisions: Sequence[Decision], threshold: float
) -> tuple[pa.Table, pa.Table]:
    """Each record's cluster, and the links that were refused."""
    items = workspace.select("select record_id, identity from cluster_item order by item")
    records = [record for record, _ in items]
    groups = Groups([identity for _, identity in items])
    same = _decided(groups, records, decisions)
    strong = _links(workspace.query("strong_link", threshold=threshold))
    workspace.hold("component", _components(groups, strong))
    every = [*strong, *_links(workspace.query("weak_link", threshold=threshold))]
    workspace.drop("component")
    joined, refused = join_by_evidence(groups, every, threshold)
    return _described(records, groups, same, joined, every), _refusals(refused)


def _decided(
    groups: Groups, records: Sequence[str], decisions: Sequence[Decision]
) -> Sequence[Link]:
    """Join what stewards joined and hold apart what they kept apart; give what they joined."""
    number = {record: item for item, record in enumerate(records)}
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
    return same


def _links(pairs: pa.Table) -> list[Link]:
    return [Link(*row) for row in zip(*pairs.to_pydict().values(), strict=True)]


def _components(groups: Groups, strong: Sequence[Link]) -> pa.Table:
    found = components(groups, strong)
    size = Counter(found)
    items = [item for item, component in enumerate(found) if size[component] > 1]
    return pa.table(
        {
            "item": pa.array(items, pa.int64()),
            "component": pa.array([found[item] for item in items], pa.int64()),
        }
    )


def _refusals(refused: Sequence[Refusal]) -> pa.Table:
    integer = pa.int64()
    return pa.table(
        {
            "a": pa.array([refusal.link.a for refusal in refused], integer),
            "b": pa.array([refusal.link.b for refusal in refused], integer),
            "match_probability": pa.array([r.link.probability for r in refused], pa.float64()),
            "reason": pa.array([refusal.reason.value for refusal in refused], pa.string()),
            "witness_a": pa.array([refusal.witnesses[0] for refusal in refused], integer),
            "witness_b": pa.array([refusal.witnesses[1] for refusal in refused], integer),
        }
    )


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
