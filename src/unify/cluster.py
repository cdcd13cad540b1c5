"""Scored pairs and decisions → crosswalk: every record's customer, by an id that stays."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import pyarrow as pa

from unify.decisions import Decision, Judgement
from unify.identities import Past, Promise, settle_ids
from unify.linkage import bridges
from unify.linkage.bridges import GROUP, Held
from unify.linkage.clustering import (
    CONFLICT,
    DENSE,
    WEAK_BRIDGE,
    Components,
    Groups,
    Link,
    Refusal,
    components,
    join_by_evidence,
)
from unify.standards.kinds import OPEN
from unify.tables import (
    BeyondBridge,
    Cluster,
    Crosswalk,
    Customer,
    Identified,
    PublishedCrosswalk,
    RefusedPair,
    ScoredPair,
    StandardForms,
    StandardRecord,
)
from unify.workspace import Workspace

INTEGER = pa.int64()
# What is made on the way to clusters.
SETTLING = ("component", "decided_item", "decided_link", "contested_item", "contested_group")


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
    published: PublishedCrosswalk,
    decisions: Sequence[Decision],
    past: Past,
    *,
    threshold: float,
) -> Clustered:
    """Join records whose evidence reaches `threshold`, and keep apart what a steward kept apart.

    Ids go to clusters by their overlap with the published generation. `decisions` name records
    of now.
    """
    records = standard.records
    workspace.sketch_from("cluster_item", open=OPEN)
    workspace.sketch_from("numbered_link")
    refusals = _settle(workspace, decisions, threshold)
    clusters = workspace.build(Cluster, records, pairs)
    workspace.hold("refusal", refusals)
    refused = workspace.build(RefusedPair, records, pairs)
    beyond = workspace.adopt(BeyondBridge, _beyond(workspace, decisions, threshold), clusters)
    workspace.drop("refusal", "cluster_item", "numbered_link", *SETTLING)
    identified, promise = identify(workspace, records, clusters, beyond, published, past)
    return Clustered(identified, refused, promise)


def identify(
    workspace: Workspace,
    records: StandardRecord,
    clusters: Cluster,
    beyond: BeyondBridge,
    published: PublishedCrosswalk,
    past: Past,
) -> tuple[Identified, Promise]:
    """Give each cluster its customer's id, and the ids that are to be promised."""
    promise = settle_ids(
        overlaps=workspace.rows("overlap"), clusters=workspace.rows("founding"), past=past
    )
    rows = _table(Customer, promise.customers)
    customers = workspace.adopt(Customer, rows, clusters, published)
    crosswalk = workspace.build(Crosswalk, records, clusters, customers)
    return Identified(crosswalk, clusters, beyond, customers, published), promise


def _settle(workspace: Workspace, decisions: Sequence[Decision], threshold: float) -> pa.Table:
    """Make `component` and, where something speaks against it, `contested_group`.

    Gives the links that were refused.
    """
    told = _numbered(workspace, decisions)
    same = [(a, b) for a, b, judgement in told if judgement is Judgement.SAME]
    strong = workspace.query("strong_link", threshold=threshold).to_pydict()
    linked = zip(*strong.values(), strict=True)
    workspace.hold("component", _components(components(same, linked)))
    workspace.hold("decided_item", _decided(told))
    workspace.compose_from(
        "contested_item", large=2 * DENSE, conflict=CONFLICT, threshold=threshold
    )
    contested = workspace.select("select item, identity, kind from contested_item order by turn")
    items = [item for item, *_ in contested]
    groups = Groups([identity for _, identity, _ in contested], [kind for *_, kind in contested])
    _obey(groups, told, {item: turn for turn, item in enumerate(items)})
    found = workspace.query("contested_link", threshold=threshold).to_pydict()
    links = [Link(*row) for row in zip(*found.values(), strict=True)]
    joined, refused = join_by_evidence(groups, links, threshold)
    workspace.hold("contested_group", _groups(items, groups, joined))
    return _refusals(items, refused)


def _beyond(workspace: Workspace, decisions: Sequence[Decision], threshold: float) -> pa.Table:
    """The records that only a weak bridge holds to their customer, no steward having said so."""
    told = _numbered(workspace, decisions)
    same = [(a, b) for a, b, judgement in told if judgement is Judgement.SAME]
    workspace.hold("decided_link", _pairs(same))
    enough = math.log2(threshold / (1 - threshold)) if threshold < 1 else math.inf
    found = workspace.rows(
        "bridged_link", threshold=threshold, firm=enough + WEAK_BRIDGE, smallest=2 * GROUP
    )
    items: list[int] = []
    for _, links in groupby(found, key=itemgetter("cluster")):
        items += bridges.beyond(Held(link["a"], link["b"], link["firm"]) for link in links)
    records = workspace.select(
        "select record_id from cluster_item where list_contains($items, item) order by item",
        items=items,
    )
    return pa.table({"record_id": pa.array([record for (record,) in records], pa.string())})


def _pairs(links: Sequence[tuple[int, int]]) -> pa.Table:
    return pa.table(
        {
            "a": pa.array([a for a, _ in links], INTEGER),
            "b": pa.array([b for _, b in links], INTEGER),
        }
    )


def _numbered(
    workspace: Workspace, decisions: Sequence[Decision]
) -> list[tuple[int, int, Judgement]]:
    """The decisions on records that are there, by the records' numbers."""
    named = sorted({r for d in decisions for r in (d.left_record, d.right_record)})
    number = dict(
        workspace.select(
            "select record_id, item from cluster_item where list_contains($named, record_id)",
            named=named,
        )
    )
    return [
        (number[d.left_record], number[d.right_record], d.judgement)
        for d in decisions
        if d.left_record in number and d.right_record in number
    ]


def _obey(
    groups: Groups, told: Sequence[tuple[int, int, Judgement]], turn: Mapping[int, int]
) -> None:
    """Join what stewards joined, and hold apart what they kept apart."""
    here = [(turn[a], turn[b], judgement) for a, b, judgement in told if a in turn and b in turn]
    for a, b, judgement in here:
        if judgement is Judgement.SAME:
            groups.join(a, b)
    for a, b, judgement in here:
        # What other words of stewards have made one, no word keeps apart.
        if judgement is Judgement.DIFFERENT and groups.find(a) != groups.find(b):
            groups.keep_apart(a, b)


def _components(found: Components) -> pa.Table:
    return pa.table(
        {
            "item": pa.array(found.component.keys(), INTEGER),
            "component": pa.array(found.component.values(), INTEGER),
            "weakest": pa.array(map(found.weakest.get, found.component.values()), pa.float64()),
        }
    )


def _decided(told: Sequence[tuple[int, int, Judgement]]) -> pa.Table:
    """Each record of a decision, and whether that joined it to another."""
    ends = [(end, judgement is Judgement.SAME) for a, b, judgement in told for end in (a, b)]
    return pa.table(
        {
            "item": pa.array([item for item, _ in ends], INTEGER),
            "joined": pa.array([joined for _, joined in ends], pa.bool_()),
        }
    )


def _groups(items: Sequence[int], groups: Groups, joined: Sequence[Link]) -> pa.Table:
    """Each contested record's group, and the weakest link that holds it together."""
    roots = [groups.find(turn) for turn in range(len(items))]
    confidence: dict[int, float] = {}
    for link in joined:
        root = roots[link.a]
        confidence[root] = min(confidence.get(root, 1.0), link.probability)
    smallest: dict[int, int] = {}
    for item, root in zip(items, roots, strict=True):
        smallest.setdefault(root, item)
    return pa.table(
        {
            "item": pa.array(items, INTEGER),
            "cluster": pa.array([smallest[root] for root in roots], INTEGER),
            "confidence": pa.array([confidence.get(root, 1.0) for root in roots], pa.float64()),
        }
    )


def _refusals(items: Sequence[int], refused: Sequence[Refusal]) -> pa.Table:
    def number(turns: Iterable[int]) -> pa.Array[Any]:
        return pa.array([items[turn] for turn in turns], INTEGER)

    return pa.table(
        {
            "a": number(refusal.link.a for refusal in refused),
            "b": number(refusal.link.b for refusal in refused),
            "match_probability": pa.array([r.link.probability for r in refused], pa.float64()),
            "reason": pa.array([refusal.reason.value for refusal in refused], pa.string()),
            "witness_a": number(refusal.witnesses[0] for refusal in refused),
            "witness_b": number(refusal.witnesses[1] for refusal in refused),
        }
    )


def _table(table: type[Customer], rows: Sequence[tuple[object, ...]]) -> pa.Table:
    schema = pa.schema(
        [(name, INTEGER if kind == "BIGINT" else pa.string()) for name, kind in table.columns]
    )
    columns = zip(*rows, strict=True) if rows else ((),) * len(schema)
    return pa.Table.from_arrays(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)],
        schema=schema,
    )
