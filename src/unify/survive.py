"""Crosswalk + standard forms → golden values and customers. The golden values are the lineage."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from unify.fields import LISTS, Field
from unify.standards.kinds import OPEN
from unify.survivorship import Policy
from unify.tables import (
    Candidate,
    Golden,
    GoldenCustomer,
    GoldenValue,
    Identified,
    RankedCandidate,
    Relation,
    SourceCount,
    StandardForms,
    SurvivorshipRule,
)
from unify.workspace import Workspace


def survive(
    workspace: Workspace,
    standard: StandardForms,
    counts: SourceCount,
    identified: Identified,
    policy: Policy,
    own: Sequence[Field],
) -> Golden:
    """Choose, for every customer and field, the value that deserves to go on."""
    rules = workspace.adopt(SurvivorshipRule, _rules(policy))
    candidates = workspace.build(
        Candidate, identified.crosswalk, standard.records, standard.emails, standard.phones,
        standard.addresses, counts, open=OPEN,
    )  # fmt: skip
    ranked = workspace.build(RankedCandidate, candidates, rules)
    lineage = workspace.build(GoldenValue, ranked, lists=list(LISTS))
    customers = workspace.build(
        GoldenCustomer, lineage, ranked, identified.crosswalk, identified.customers,
        identified.clusters, own=[field.name for field in own],
    )  # fmt: skip
    relations = workspace.build(Relation, standard.records, identified.crosswalk)
    return Golden(customers, lineage, relations)


def _rules(policy: Policy) -> pa.Table:
    return pa.Table.from_pylist(
        [{"field_group": group, "rules": list(rules)} for group, rules in policy.rules],
        schema=pa.schema([("field_group", pa.string()), ("rules", pa.list_(pa.string()))]),
    )
