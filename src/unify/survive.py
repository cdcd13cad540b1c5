"""Crosswalk + standard forms → golden values and customers. The golden values are the lineage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from unify.fields import LISTS, Field
from unify.survivorship import Policy
from unify.tables import (
    Candidate,
    Crosswalk,
    GoldenCustomer,
    GoldenValue,
    RankedCandidate,
    Relation,
    StandardForms,
    SurvivorshipRule,
)
from unify.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Golden:
    """The golden customers, the origin of their values, and how they are related."""

    customers: GoldenCustomer
    lineage: GoldenValue
    relations: Relation


def survive(
    workspace: Workspace,
    standard: StandardForms,
    crosswalk: Crosswalk,
    policy: Policy,
    own: Sequence[Field],
) -> Golden:
    """Choose, for every customer and field, the value that deserves to go on."""
    del standard, crosswalk  # They stand in the workspace; the arguments say that they do.
    rules = pa.Table.from_pylist(
        [{"field_group": group, "rules": list(rules)} for group, rules in policy.rules],
        schema=pa.schema([("field_group", pa.string()), ("rules", pa.list_(pa.string()))]),
    )
    workspace.adopt(SurvivorshipRule, rules)
    workspace.build(Candidate)
    workspace.build(RankedCandidate)
    lineage = workspace.build(GoldenValue, lists=list(LISTS))
    customers = workspace.build(GoldenCustomer, own=[field.name for field in own])
    return Golden(customers, lineage, workspace.build(Relation))
