"""Candidate pairs: records that agree on all keys of some blocking rule, within a budget.

A value that very many records hold says nothing and costs the square of their number, so a
block larger than `largest` is not opened; what was left out is counted.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from unify.linkage.model import BlockingRule, Model
from unify.workspace import Workspace, quoted


@dataclass(frozen=True, slots=True)
class BlockingCost:
    """What a rule found: its pairs, and the records in blocks too large to open."""

    rule: str
    pairs: int
    records_left_out: int


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is compared, in records a block and pairs a rule.

    Blocks of up to `always` records are opened, and larger ones, the smaller first, up to
    `largest` (or what the rule itself says) and as long as the rule finds no more than `budget`
    pairs. Pairs of larger blocks, up to `widest`, teach the model; of all that teach there are
    no more than `training`.
    """

    always: int
    largest: int
    budget: int
    widest: int
    training: int


@dataclass(frozen=True, slots=True)
class Candidates:
    """What each rule found, and how many pairs one that is for training stands for."""

    costs: tuple[BlockingCost, ...]
    stands_for: int


def block(workspace: Workspace, model: Model, limits: Limits) -> Candidates:
    """Make the sketch `candidate_pair`: each pair once.

    Its columns: the places `l` and `r`, `rules` (bit n: rule n found it), `crossing` (the two
    are of two kinds), `for_scoring`, `for_training`, and `drawn`, which none of them is.
    """
    selects = " union ".join(
        _keys(model.table, place, rule) for place, rule in enumerate(model.blocking)
    )
    workspace.sketch("block_member", selects)
    workspace.sketch_from("block_size")
    workspace.sketch_from(
        "open_block", always=limits.always, budget=limits.budget, widest=limits.widest,
        largest=[min(limits.largest, rule.largest or limits.largest) for rule in model.blocking],
    )  # fmt: skip
    costs = workspace.rows("blocking_cost")
    ((pairs,),) = workspace.select("select sum(records * (records - 1) // 2) from open_block")
    step = math.ceil(math.sqrt(max(1.0, float(pairs or 0) / limits.training)))
    workspace.sketch_from("candidate_pair", step=step)
    workspace.drop("block_member", "block_size", "open_block")
    found = (
        BlockingCost(model.blocking[row["rule"]].name, row["pairs"], row["left_out"])
        for row in costs
    )
    return Candidates(tuple(found), step**2)


def _keys(table: str, number: int, rule: BlockingRule) -> str:
    """One row a record and block of a rule; a list key gives a row for each of its values."""
    columns = [key.removesuffix("[]") for key in rule.keys]
    values = [
        f"unnest({quoted(name)})" if key.endswith("[]") else quoted(name)
        for key, name in zip(rule.keys, columns, strict=True)
    ]
    named = ", ".join(f"{value} as k{n}" for n, value in enumerate(values))
    parts = ", ".join(f"k{n}" for n in range(len(values)))
    known = " and ".join(f"k{n} is not null" for n in range(len(values)))
    return (
        f"select {number}::UTINYINT as rule, hash({parts}) as block, place, of_kind, other_kind"
        f" from (select place, of_kind, other_kind, {named} from {quoted(table)}) where {known}"
    )
