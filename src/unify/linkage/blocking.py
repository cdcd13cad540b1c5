"""Candidate pairs: records that agree on all keys of some blocking rule, within a budget.

A value that very many records hold says nothing and costs the square of their number, so a
block larger than `largest` is not opened; what was left out is counted.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
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
    """What each rule found, how many pairs one that is for training stands for, and what it takes
    to find the same pairs again."""

    costs: tuple[BlockingCost, ...]
    stands_for: int
    opened_to: tuple[int, ...]
    """For each rule, of how many records the blocks are, at most, that were opened."""


def block(workspace: Workspace, model: Model, limits: Limits) -> Candidates:
    """Make the sketch `candidate_pair`: each pair once.

    Its columns: the places `l` and `r`, `rules` (bit n: rule n found it), `crossing` (the two
    are of two kinds), `for_scoring`, `for_training`, and `drawn`, which none of them is.
    """
    _find_blocks(workspace, model)
    workspace.sketch_from(
        "open_block", always=limits.always, budget=limits.budget, widest=limits.widest,
        largest=_largest(model, limits),
    )  # fmt: skip
    counts = workspace.rows("blocking_cost")
    closed = workspace.rows("closed_from", always=limits.always, budget=limits.budget)
    ((pairs,),) = workspace.select("select sum(records * (records - 1) // 2) from open_block")
    step = math.ceil(math.sqrt(max(1.0, float(pairs or 0) / limits.training)))
    _pair_up(workspace, step)
    opened = _opened_to(model, limits, {row["rule"]: row["records"] for row in closed})
    return Candidates(_costs(model, counts), step**2, opened)


def block_again(workspace: Workspace, model: Model) -> tuple[BlockingCost, ...]:
    """Make the sketch `candidate_pair` of the blocks that a fitted model opens."""
    _find_blocks(workspace, model)
    workspace.sketch_from("opened_block", opened_to=opened_to(model))
    workspace.sketch("open_block", "select *, true as for_scoring from opened_block")
    counts = workspace.rows("blocking_cost")
    _pair_up(workspace, 1)
    workspace.drop("opened_block")
    return _costs(model, counts)


def opened_to(model: Model) -> list[int]:
    """Of how many records the blocks may be that a fitted model opens, for each rule."""
    return [rule.opened_to or 0 for rule in model.blocking]


def keys_of(model: Model, records: str) -> str:
    """One row a record of a table (or SELECT) and block that it is in, as SQL: rule and place.

    A record may be in a block twice, by two values that are one.
    """
    return " union all ".join(
        _keys(records, place, rule) for place, rule in enumerate(model.blocking)
    )


def _find_blocks(workspace: Workspace, model: Model) -> None:
    members = keys_of(model, quoted(model.table))
    workspace.sketch("block_member", f"select distinct * from ({members})")
    workspace.sketch_from("block_size")


def _pair_up(workspace: Workspace, step: int) -> None:
    workspace.sketch_from("candidate_pair", step=step)
    workspace.drop("block_member", "block_size", "open_block")


def _costs(model: Model, counts: Iterable[Mapping[str, int]]) -> tuple[BlockingCost, ...]:
    return tuple(
        BlockingCost(model.blocking[row["rule"]].name, row["pairs"], row["left_out"])
        for row in counts
    )


def _largest(model: Model, limits: Limits) -> list[int]:
    return [min(limits.largest, rule.largest or limits.largest) for rule in model.blocking]


def _opened_to(model: Model, limits: Limits, closed_from: Mapping[int, int]) -> tuple[int, ...]:
    """Of how many records the blocks may be that each rule's budget opens among these records."""
    return tuple(
        min(largest, closed_from.get(rule, largest + 1) - 1)
        for rule, largest in enumerate(_largest(model, limits))
    )


def _keys(records: str, number: int, rule: BlockingRule) -> str:
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
        f" from (select place, of_kind, other_kind, {named} from {records}) where {known}"
    )
