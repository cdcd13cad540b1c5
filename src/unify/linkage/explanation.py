"""What speaks for and against pairs of records being one: the weights that a model scored them by.

Two records are compared anew by the very conditions and parameters that the run compared by,
so that what is explained is what was scored, also of pairs that no blocking rule ever found.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from unify.linkage.comparing import compare
from unify.linkage.frequencies import Frequency, frequencies_of, of_values
from unify.linkage.levels import columns_of
from unify.linkage.model import BlockingRule, Comparison, Model
from unify.linkage.training import numbered
from unify.workspace import Workspace, literal, quoted

Pair = tuple[str, str]
Row = dict[str, Any]
Often = Mapping[tuple[str, int], Mapping[str, float]]
SIDES = ("_l", "_r")


@dataclass(frozen=True, slots=True)
class Finding:
    """The level that two records meet in a comparison, and what it weighs (log2)."""

    comparison: str
    level: str
    weight: float
    left: Mapping[str, Any]
    """column → what the first record holds of it, of the columns that the comparison reads"""
    right: Mapping[str, Any]
    frequency: float | None = None
    """How often a stranger has the value on which they agree, where it weighs by that."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A pair of records: all that was found, and what it comes to."""

    left: str
    right: str
    kind: str
    """Whose model compared them."""
    prior: float
    findings: tuple[Finding, ...]
    anchored: bool
    crossing: bool
    """Whether one is a person's record and the other a firm's."""

    @property
    def weight(self) -> float:
        """The match weight (log2) of the evidence, before any cap."""
        evidence = sum(finding.weight for finding in self.findings)
        return math.log2(self.prior / (1 - self.prior)) + evidence

    def capped(self, most: float) -> float:
        """The match weight, no more than that of the probability `most` for who lacks an anchor."""
        if self.anchored and not self.crossing:
            return self.weight
        return min(self.weight, math.log2(most / (1 - most)))


def weigh(database: Workspace, model: Model, pairs: Iterable[Pair]) -> list[Weighed]:
    """The pairs of records of the model's table, compared by it; others are left out."""
    rows = _compared(database, model, pairs)
    often = {
        (one.comparison, one.level): _frequencies(database, model, one, rows)
        for one in frequencies_of(model)
    }
    return [_weighed(model, row, often) for row in rows]


@dataclass(frozen=True, slots=True)
class Block:
    """A blocking rule that would find a pair, and how many records share its keys with the two."""

    rule: str
    records: int


def shared_blocks(database: Workspace, model: Model, pair: Pair) -> list[Block]:
    """The blocking rules whose keys two records share."""
    found = []
    for rule in model.blocking:
        ((records,),) = database.select(_sharing(model.table, rule), left=pair[0], right=pair[1])
        if records:
            found.append(Block(rule.name, records))
    return found


def _compared(database: Workspace, model: Model, pairs: Iterable[Pair]) -> list[Row]:
    """Each pair: both records' columns (`_l`, `_r`), and for each comparison, under its name,
    the number of the level that is met."""
    database.sketch("asked_pair", _places(model.table, pairs))
    compare(database, model, "asked_pair", "asked_level")
    columns = [f"{name}{side}" for name in _read(model) for side in SIDES]
    sides = ", ".join(f"{column[-1]}.{quoted(column[:-2])}" for column in columns)
    levels = [comparison.name for comparison in model.comparisons]
    rows = database.select(f"""
        select crossing, {sides}, {", ".join(f"met.{quoted(name)}" for name in levels)}
        from asked_level as met
        join {quoted(model.table)} as l on l.place = met.l
        join {quoted(model.table)} as r on r.place = met.r
        order by met.l, met.r
    """)
    database.drop("asked_pair", "asked_level")
    return [dict(zip(("crossing", *columns, *levels), row, strict=True)) for row in rows]


def _places(table: str, pairs: Iterable[Pair]) -> str:
    """Pairs by their places, those left out that the table's model does not compare."""
    wanted = ", ".join(f"({literal(min(pair))}, {literal(max(pair))})" for pair in pairs)
    return f"""
        select l.place as l, r.place as r, l.other_kind or r.other_kind as crossing
        from (values {wanted}) as wanted(a, b)
        join {quoted(table)} as l on l.record_id = a
        join {quoted(table)} as r on r.record_id = b
        where l.of_kind or r.of_kind
    """


def _read(model: Model) -> list[str]:
    """All the columns that comparing two records reads."""
    compared = {column for one in model.comparisons for column in columns_read(one)}
    return sorted({"record_id", *compared})


def columns_read(comparison: Comparison) -> set[str]:
    """The columns that a comparison reads."""
    conditions = {column for one in comparison.levels for column in columns_of(one.when)}
    return conditions | {one.term_frequency for one in comparison.levels if one.term_frequency}


def _weighed(model: Model, row: Row, often: Often) -> Weighed:
    findings = tuple(
        _finding(comparison, row, often) for comparison in model.comparisons if comparison.weighs
    )
    return Weighed(
        left=row["record_id_l"],
        right=row["record_id_r"],
        kind=model.kind,
        prior=model.prior,
        findings=findings,
        anchored=_anchored(model, findings),
        crossing=row["crossing"],
    )


def _finding(comparison: Comparison, row: Row, often: Often) -> Finding:
    number = row[comparison.name]
    level = dict(numbered(comparison)).get(number)
    left, right = (
        {column: row[f"{column}{side}"] for column in sorted(columns_read(comparison))}
        for side in SIDES
    )
    if level is None:
        return Finding(comparison.name, "missing", 0.0, left, right)
    weight, frequency = math.log2(level.m / level.u), None
    if level.term_frequency:
        frequency = often[comparison.name, number][left[level.term_frequency]]
        weight += math.log2(level.u / frequency)
    return Finding(comparison.name, level.name, weight, left, right, frequency)


def _frequencies(
    database: Workspace, model: Model, weighing: Frequency, rows: Iterable[Row]
) -> dict[str, float]:
    """How often a stranger has the values of the pairs' first records, as scoring takes it."""
    values: list[str] = sorted({row[f"{weighing.column}_l"] for row in rows} - {None})
    listed = ", ".join(map(literal, values)) or "null"
    counted = of_values(model, weighing.column)
    found: dict[str | None, float] = dict(
        database.select(
            f"select value, frequency from {counted} where value in ({listed}) or value is null"
        )
    )
    return {value: found.get(value, found[None]) for value in values}


def _anchored(model: Model, findings: Sequence[Finding]) -> bool:
    """Whether something agrees that can carry a merge."""
    weight = {finding.comparison: finding.weight for finding in findings}
    rare = sum(weight[name] for name in model.names) >= model.rare_names > 0
    return rare or any(weight[anchor] > 0 for anchor in model.anchors)


def _sharing(table: str, rule: BlockingRule) -> str:
    """How many records share a rule's keys with two that share them; 0 where the two do not."""
    shared = " and ".join(_agree("l", "r", key) for key in rule.keys)
    others = " and ".join(
        f"{_agree('l', 'o', key)} and {_agree('r', 'o', key)}" for key in rule.keys
    )
    return f"""
        select count(*) from {quoted(table)} as l, {quoted(table)} as r, {quoted(table)} as o
        where l.record_id = $left and r.record_id = $right and {shared} and {others}
    """


def _agree(one: str, other: str, key: str) -> str:
    column = quoted(key.removesuffix("[]"))
    if key.endswith("[]"):
        return f"coalesce(list_has_any({one}.{column}, {other}.{column}), false)"
    return f"coalesce({one}.{column} = {other}.{column}, false)"
