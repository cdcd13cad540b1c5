"""Crosswalk + standard forms → golden values and customers. The golden values are the lineage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from unify.decisions import Override
from unify.fields import LISTS, Field
from unify.standards.kinds import OPEN
from unify.standards.slips import is_slip
from unify.standards.writing import marks
from unify.survivorship import Policy
from unify.tables import (
    BestWritten,
    Candidate,
    ChosenValue,
    Golden,
    GoldenCustomer,
    GoldenValue,
    HeldValue,
    Identified,
    PublishedRefusal,
    RankedCandidate,
    Relation,
    Slip,
    SourceTrust,
    StandardForms,
    StandingRefusal,
    Stated,
    StatedValue,
    SurvivorshipRule,
    Table,
    Writing,
    WrittenWay,
)
from unify.workspace import Workspace

Row = dict[str, Any]
# More people than this who share a phone or an e-mail are no household.
A_HOME = 8

# The own fields that hold words, and so may be written in several ways.
WORDED = ("text", "category", "name", "id")
# What is made on the way to ranked values.
RANKING = (Candidate, HeldValue, ChosenValue, WrittenWay, Writing, BestWritten)
# The groups of fields in which a slip of one letter can be told.
SLIPPING = ("name", "employment", "address")


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
    identified: Identified,
    policy: Policy,
    own: Sequence[Field],
    spoken: Spoken,
    at: str,
) -> Golden:
    """Choose, for every customer and field, the value that deserves to go on.

    `at`: the instant of the run; changes later than that are taken for mistyped.
    """
    ranked = _ranked(workspace, standard, identified, policy, own, at)
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
    workspace.drop(RankedCandidate.name)
    relations = workspace.build(
        Relation, standard.records, standard.emails, standard.phones, standard.addresses,
        identified.crosswalk, customers, few=A_HOME,
    )  # fmt: skip
    return Golden(customers, lineage, relations)


def _ranked(
    workspace: Workspace,
    standard: StandardForms,
    identified: Identified,
    policy: Policy,
    own: Sequence[Field],
    at: str,
) -> RankedCandidate:
    """All values that records offer their customers, each once, in the order of the rules."""
    rules = workspace.adopt(SurvivorshipRule, _rules(policy))
    trust = workspace.adopt(SourceTrust, _trust(policy))
    candidates = workspace.build(
        Candidate, identified.crosswalk, identified.beyond, standard.records, standard.emails,
        standard.phones, standard.addresses, trust, open=OPEN, at=at,
        worded=[field.name for field in own if field.kind in WORDED],
    )  # fmt: skip
    return rank(workspace, candidates, rules, policy.source_order)


def rank(
    workspace: Workspace,
    candidates: Candidate,
    rules: SurvivorshipRule,
    source_order: Sequence[str],
) -> RankedCandidate:
    """The values that records offer, each once and in its best writing, in the order of the rules.

    What is written in several ways counts as one value, and so do typing slips where that is safe.
    """
    held = workspace.build(HeldValue, candidates)
    near = workspace.rows("near_value", groups=list(SLIPPING))
    slips = workspace.adopt(Slip, _slips(near), held)
    chosen = workspace.build(
        ChosenValue, candidates, held, slips, rules, sources=list(source_order)
    )
    ways = workspace.build(WrittenWay, candidates, chosen)
    writing = workspace.adopt(Writing, _writing(workspace.rows("varied_text")), ways)
    written = workspace.build(BestWritten, chosen, ways, writing)
    ranked = workspace.build(RankedCandidate, candidates, held, chosen, written)
    workspace.drop(*(table.name for table in RANKING))
    return ranked


def _slips(near: Sequence[Row]) -> pa.Table:
    """The values that are taken for a slip of one other value, and of that one alone."""
    meant: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for one in near:
        if is_slip(one["written"], one["held"], one["of"], one["held_of"]):
            meant[one["customer_id"], one["field_group"], one["written"]].append(one["of"])
    names = [name for name, _ in Slip.columns]
    rows = [(*value, of[0]) for value, of in sorted(meant.items()) if len(of) == 1]
    return _table(Slip, [dict(zip(names, row, strict=True)) for row in rows])


def _writing(texts: Sequence[Row]) -> pa.Table:
    """How well each text is written."""
    judged = [marks(one["text"], one["field_group"]) for one in texts]
    return pa.table(
        {
            "field_group": pa.array([one["field_group"] for one in texts], pa.string()),
            "text": pa.array([one["text"] for one in texts], pa.string()),
            "marks": pa.array(judged, pa.list_(pa.int64())),
        }
    )


def _trust(policy: Policy) -> pa.Table:
    return pa.table(
        {
            "source": pa.array([one.source for one in policy.trust], pa.string()),
            "field_group": pa.array([one.field_group for one in policy.trust], pa.string()),
            "trust": pa.array([one.trust for one in policy.trust], pa.int64()),
            "half_life_days": pa.array([one.half_life_days for one in policy.trust], pa.float64()),
        }
    )


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
