"""Match weights of compared pairs: the sum over the levels that were met (Fellegi and Sunter).

A level with a term frequency weighs by the value on which the two agree: log2(m / frequency)
in place of log2(m / u), so that Mario Rossi counts for less than Ermenegilda Squarcina.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from unify.linkage.frequencies import Frequency, frequencies_of, of_values
from unify.linkage.model import Comparison, Model
from unify.linkage.training import numbered
from unify.workspace import Workspace, quoted


def patterns(
    workspace: Workspace, model: Model, compared: str, among: str = "true", stands_for: int = 1
) -> dict[tuple[int, ...], float]:
    """How often each agreement pattern is met among the compared pairs of one kind.

    `among`: the column that says which pairs, if not all; each of them stands for so many.
    """
    levels = ", ".join(quoted(comparison.name) for comparison in model.comparisons)
    counted = workspace.select(
        f"select {levels}, count(*) from {quoted(compared)} where {among} and not crossing"
        f" group by {levels} order by all"
    )
    return {tuple(row[:-1]): float(row[-1] * stands_for) for row in counted}


def score(workspace: Workspace, model: Model, compared: str, name: str) -> None:
    """Weigh the compared pairs of a table by the model.

    Makes a sketch `name` with the places `l` and `r`, `crossing` (whether the records are of
    two kinds), `rules` (which found the pair), the levels that were met, `match_weight` (log2),
    `anchored`: whether a comparison agrees that can carry a merge, and `parted`: whether one
    tells the two apart.
    """
    frequencies = tuple(frequencies_of(model))
    _find_frequencies(workspace, model, frequencies, compared)
    weights = {c.name: _weight(c, frequencies) for c in model.comparisons}
    levels = ", ".join(f"met.{quoted(comparison.name)}" for comparison in model.comparisons)
    total = " + ".join([repr(math.log2(model.prior / (1 - model.prior))), *weights.values()])
    workspace.sketch(
        name,
        f"select l, r, crossing, rules, {levels}, {total} as match_weight,"
        f" {_anchored(model, weights)} as anchored, {_parted(model)} as parted"
        f" from {quoted(compared)} as met"
        " left join value_frequency on value_frequency.place = met.l where for_scoring",
    )
    workspace.drop("value_frequency")


def _find_frequencies(
    workspace: Workspace, model: Model, frequencies: tuple[Frequency, ...], compared: str
) -> None:
    """Make `value_frequency`: of each record that is first of a pair, how often its values are
    met."""
    columns = "".join(
        f", coalesce(f{n}.frequency, unknown{n}.frequency, {one.usual!r}) as {quoted(one.column)}"
        for n, one in enumerate(frequencies)
    )
    joins = " ".join(
        f"left join {of_values(model, one.column)} as f{n} on f{n}.value = r.{quoted(one.column)}"
        f" left join {of_values(model, one.column)} as unknown{n} on unknown{n}.value is null"
        for n, one in enumerate(frequencies)
    )
    workspace.sketch(
        "value_frequency",
        f"select place{columns} from (select * from {quoted(model.table)} semi join"
        f" (select l from {quoted(compared)} where for_scoring) on l = place) as r {joins}",
    )


def _weight(comparison: Comparison, frequencies: tuple[Frequency, ...]) -> str:
    """A comparison's weight in SQL: a list of weights, from missing up, and the level's place."""
    by_number: Mapping[int, float] = {
        number: math.log2(level.m / level.u) for number, level in numbered(comparison)
    }
    listed = ", ".join(repr(by_number[number]) for number in sorted(by_number))
    level = f"met.{quoted(comparison.name)}"
    weight = f"[0.0, {listed}][{level} + 2]"
    for one in frequencies:
        if one.comparison == comparison.name:
            rarer = f"log2({one.usual!r} / value_frequency.{quoted(one.column)})"
            weight += f" + case when {level} = {one.level} then {rarer} else 0 end"
    return f"({weight})"


def _parted(model: Model) -> str:
    met = [
        f"met.{quoted(comparison.name)} = {number}"
        for comparison in model.comparisons
        for number, level in numbered(comparison)
        if level.parts
    ]
    return f"({' or '.join(met) or 'false'})"


def _anchored(model: Model, weights: Mapping[str, str]) -> str:
    agrees = [f"{weights[anchor]} > 0" for anchor in model.anchors]
    if model.rare_names:
        names = " + ".join(weights[name] for name in model.names)
        agrees.append(f"{names} >= {model.rare_names!r}")
    return " or ".join(f"({one})" for one in agrees)
