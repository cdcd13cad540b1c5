"""What speaks for and against pairs of records being one: the weights that a model scored them by.

Two records are compared anew by the very conditions and parameters that the run compared by,
so that what is explained is what was scored, also of pairs that no blocking rule ever found.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from unify.linkage.levels import DUCKDB, columns_of, condition
from unify.linkage.model import BlockingRule, Comparison, Level, Model
from unify.linkage.scoring import Frequency, frequencies_of, frequency
from unify.linkage.training import numbered
from unify.workspace import Workspace, literal, quoted

Pair = tuple[str, str]
Row = dict[str, Any]
Often = Mapping[tuple[str, int], Mapping[str, float]]
MISSING = -1
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
        (one.comparison, one.level): _frequencies(database, model.table, one, rows)
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
    """Each pair: both records' columns (`_l`, `_r`), and for each comparison, under its place,
    the number of the level that is met."""
    wanted = ", ".join(f"({literal(min(pair))}, {literal(max(pair))})" for pair in pairs)
    columns = [f"{name}{side}" for name in _read(model) for side in SIDES]
    sides = ", ".join(
        f"{column[-1]}.{quoted(column[:-2])} as {quoted(column)}" for column in columns
    )
    levels = ", ".join(_met(comparison) for comparison in model.comparisons)
    rows = database.select(f"""
        with pair as (
            select {sides} from (values {wanted}) as wanted(a, b)
            join {quoted(model.table)} as l on l.record_id = a
            join {quoted(model.table)} as r on r.record_id = b
            where l.of_kind or r.of_kind
        )
        select {", ".join(map(quoted, columns))}, {levels} from pair
        order by record_id_l, record_id_r
    """)
    named = [*columns, *map(str, range(len(model.comparisons)))]
    return [dict(zip(named, row, strict=True)) for row in rows]


def _read(model: Model) -> list[str]:
    """All the columns that comparing two records reads."""
    compared = {column for one in model.comparisons for column in columns_read(one)}
    return sorted({"record_id", "of_kind", *compared})


def columns_read(comparison: Comparison) -> list[str]:
    """The columns that a comparison reads, in its order."""
    return list(dict.fromkeys(column for one in comparison.levels for column in _columns(one)))


def _columns(level: Level) -> list[str]:
    return [*columns_of(level.when), *([level.term_frequency] if level.term_frequency else [])]


def _met(comparison: Comparison) -> str:
    """The number of the level that a pair meets: the first whose condition holds."""
    number = {level.name: n for n, level in numbered(comparison)}
    *stated, last = comparison.levels
    cases = " ".join(
        f"when {condition(level.when, DUCKDB)} then {number.get(level.name, MISSING)}"
        for level in stated
    )
    return f"case {cases} else {number.get(last.name, MISSING)} end"


def _weighed(model: Model, row: Row, often: Often) -> Weighed:
    findings = tuple(
        _finding(comparison, place, row, often)
        for place, comparison in enumerate(model.comparisons)
    )
    return Weighed(
        left=row["record_id_l"],
        right=row["record_id_r"],
        kind=model.kind,
        prior=model.prior,
        findings=findings,
        anchored=_anchored(model, findings),
        crossing=not (row["of_kind_l"] and row["of_kind_r"]),
    )


def _finding(comparison: Comparison, place: int, row: Row, often: Often) -> Finding:
    number = row[str(place)]
    level = dict(numbered(comparison)).get(number)
    left, right = (
        {column: row[f"{column}{side}"] for column in columns_read(comparison)} for side in SIDES
    )
    if level is None:
        return Finding(comparison.name, "missing", 0.0, left, right)
    weight, frequency = math.log2(level.m / level.u), None
    if level.term_frequency:
        frequency = often[comparison.name, number][left[level.term_frequency]]
        weight += math.log2(level.u / frequency)
    return Finding(comparison.name, level.name, weight, left, right, frequency)


def _frequencies(
    database: Workspace, table: str, weighing: Frequency, rows: Iterable[Row]
) -> dict[str, float]:
    """How often a stranger has the values of the pairs' first records, as scoring counts it."""
    values = sorted({row[f"{weighing.column}_l"] for row in rows} - {None})
    listed = ", ".join(map(literal, values)) or "null"
    counted = frequency(table, weighing)
    found = database.select(f"select value, frequency from ({counted}) where value in ({listed})")
    return dict(found)


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
