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


def block(workspace: Workspace, model: Model, *, largest: int) -> tuple[BlockingCost, ...]:
    """Make `candidate_pair` (`match_key`, `join_key_l`, `join_key_r`): each pair once."""
    selects = " union all ".join(
        _keys(place, rule, model.table) for place, rule in enumerate(model.blocking)
    )
    workspace.compose("block_key", selects)
    costs = workspace.rows("blocking_cost", largest=largest)
    workspace.compose_from("candidate_pair", largest=largest)
    workspace.drop("block_key")
    return tuple(
        BlockingCost(model.blocking[row["rule"]].name, row["pairs"], row["left_out"])
        for row in costs
    )


def _keys(place: int, rule: BlockingRule, table: str) -> str:
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
        f"select {place} as rule, record_id, md5(concat_ws(chr(31), {parts})) as block"
        f" from (select record_id, {named} from {quoted(table)}) where {known}"
    )
