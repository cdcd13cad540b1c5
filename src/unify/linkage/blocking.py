"""Candidate pairs: records that agree on all keys of some blocking rule, within a budget.

A value that very many records hold says nothing and costs the square of their number, so a
block larger than `largest` is not opened; what was left out is counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from unify.linkage.model import BlockingRule, Model
from unify.workspace import Workspace, quoted


@dataclass(frozen=True, slots=True)
class BlockingCost:
    """What a rule found: its pairs, and the records in blocks too large to open."""

    rule: str
    pairs: int
    records_left_out: int


def block(
    workspace: Workspace, model: Model, *, always: int, largest: int, budget: int
) -> tuple[BlockingCost, ...]:
    """Make `candidate_pair` (`match_key`, `join_key_l`, `join_key_r`): each pair once.

    Of each rule, blocks of up to `always` records are opened, and larger ones, the smaller
    first, up to `largest` and as long as the rule finds no more than `budget` pairs.
    """
    keys = sorted({key.removesuffix("[]") for rule in model.blocking for key in rule.keys})
    workspace.compose(
        "numbered_record",
        "select row_number() over (order by record_id) as place, record_id, of_kind,"
        f" {', '.join(map(quoted, keys))} from {quoted(model.table)}",
    )
    selects = " union ".join(_keys(place, rule) for place, rule in enumerate(model.blocking))
    workspace.compose("block_member", selects)
    workspace.compose_from("open_block", always=always, largest=largest, budget=budget)
    costs = workspace.rows("blocking_cost")
    workspace.compose_from("candidate_pair")
    workspace.drop("block_member", "open_block", "numbered_record")
    return tuple(
        BlockingCost(model.blocking[row["rule"]].name, row["pairs"], row["left_out"])
        for row in costs
    )


def _keys(number: int, rule: BlockingRule) -> str:
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
        f"select {number}::UTINYINT as rule, hash({parts}) as block, place"
        f" from (select place, {named} from numbered_record) where {known}"
    )
