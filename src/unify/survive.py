"""Crosswalk + standard forms → golden values and customers. The golden values are the lineage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from unify.decisions import Override
from unify.fields import LISTS, Field
from unify.standards.kinds import OPEN
from unify.survivorship import Policy
from unify.tables import (
    Candidate,
    Golden,
    GoldenCustomer,
    GoldenValue,
    Identified,
    PublishedRefusal,
    RankedCandidate,
    Relation,
    SourceCount,
    StandardForms,
    StandingRefusal,
    Stated,
    StatedValue,
    SurvivorshipRule,
    Table,
)
from unify.workspace import Workspace

Row = dict[str, Any]
# More people than this who share a phone or an e-mail are no household.
A_HOME = 8


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said of customers that no record of this run says.

    `overrides`: what stewards set goes before all that records say. `refused`: the published
    customers that refused marketing, which stays refused where the record that said so is gone.
    """

    overrides: Sequence[Override]
    refused: Sequence[Row]


def survive(
    workspace: Workspace,
    standard: StandardForms,
    counts: SourceCount,
    identified: Identified,
    policy: Policy,
    own: Sequence[Field],
    spoken: Spoken,
) -> Golden:
    """Choose, for every customer and field, the value that deserves to go on."""
    rules = workspace.adopt(SurvivorshipRule, _rules(policy))
    candidates = workspace.build(
        Candidate, identified.crosswalk, standard.records, standard.emails, standard.phones,
        standard.addresses, counts, open=OPEN,
    )  # fmt: skip
    ranked = workspace.build(RankedCandidate, candidates, rules, sources=list(policy.source_order))
    said = workspace.adopt(Stated, _stated(spoken.overrides))
    stated = workspace.build(StatedValue, said, identified.crosswalk)
    published = workspace.adopt(PublishedRefusal, _table(PublishedRefusal, spoken.refused))
    standing = workspace.build(
        StandingRefusal, published, identified.published, identified.crosswalk
    )
    lineage = workspace.build(GoldenValue, ranked, stated, standing, lists=list(LISTS))
    customers = workspace.build(
        GoldenCustomer, lineage, ranked, stated, identified.crosswalk, identified.customers,
        identified.clusters, own=[field.name for field in own],
    )  # fmt: skip
    relations = workspace.build(
        Relation, standard.records, standard.emails, standard.phones, standard.addresses,
        identified.crosswalk, customers, few=A_HOME,
    )  # fmt: skip
    return Golden(customers, lineage, relations)


def _stated(overrides: Iterable[Override]) -> pa.Table:
    """What was set for each record but its kind, which its standard forms tell already."""
    rows: list[tuple[object, ...]] = [
        (record, said.field, said.value, said.at, turn)
        for turn, said in enumerate(overrides)
        if said.field != "kind"
        for record in said.records
    ]
    names = [name for name, _ in Stated.columns]
    return _table(Stated, [dict(zip(names, row, strict=True)) for row in rows])


def _table(table: type[Table], rows: Sequence[Row]) -> pa.Table:
    shape = [
        (name, pa.int64() if kind == "BIGINT" else pa.string()) for name, kind in table.columns
    ]
    return pa.Table.from_pylist(list(rows), schema=pa.schema(shape))


def _rules(policy: Policy) -> pa.Table:
    return pa.Table.from_pylist(
        [{"field_group": group, "rules": list(rules)} for group, rules in policy.rules],
        schema=pa.schema([("field_group", pa.string()), ("rules", pa.list_(pa.string()))]),
    )
