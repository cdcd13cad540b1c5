"""Whether data have moved away from what a model was fitted to.

Measured by the population stability index between the shares in which a comparison's levels
were met then and are met now: Σ (now - then) · ln(now / then). From 0.25 on, by custom, two
populations are held to differ (Siddiqi, Credit Risk Scorecards, 2006).
"""

from __future__ import annotations

import math
from typing import NamedTuple

from unify.linkage.model import Comparison, Model
from unify.linkage.training import Tally, numbered

CHANGED = 0.25
# Two draws of one population differ by their (levels - 1) · (1/n + 1/m) on average; so many
# times as much is no chance any more.
BEYOND_CHANCE = 3.0
# A level that is never met is met half a time, so that its share has a logarithm.
HALF = 0.5
# A model is of no use for so many times the records that it was fitted to, or so few.
GROWN = 2.0


class Met(NamedTuple):
    """How often each level of each comparison is met, in its place: among the candidate pairs,
    and among pairs drawn at random."""

    candidates: tuple[Tally, ...]
    random: tuple[Tally, ...]


def outgrown(fitted_to: int, records: int) -> str:
    """That there are too many or too few records for the model to hold; else empty."""
    if fitted_to / GROWN <= records <= fitted_to * GROWN:
        return ""
    return f"it was fitted to {fitted_to} records, and there are {records}"


def drifted(model: Model, fitted_to: int, records: int, then: Met, now: Met) -> str:
    """What has changed too much for the model to hold; empty where nothing has."""
    worst, where = max(
        (
            _beyond_chance(comparison, *tallies),
            f"'{comparison.name}' has drifted among {among}",
        )
        for among, were, are in (
            ("candidate pairs", then.candidates, now.candidates),
            ("random pairs", then.random, now.random),
        )
        for comparison, *tallies in zip(
            model.comparisons,
            (_of_records(tally, fitted_to) for tally in were),
            (_of_records(tally, records) for tally in are),
            strict=True,
        )
    )
    return f"{where} (stability index {worst:.2f})" if worst > CHANGED else ""


def stability_index(numbers: range, then: Tally, now: Tally) -> float:
    """How far two distributions over some numbers are apart: 0 where they are the same."""
    total = 0.0
    for before, after in zip(_shares(numbers, then), _shares(numbers, now), strict=True):
        total += (after - before) * math.log(after / before)
    return total


def _of_records(tally: Tally, records: int) -> Tally:
    """The tally of as many pairs as can be independent of one another: each record in one."""
    pairs = sum(tally.values())
    scale = min(1.0, records / 2 / pairs) if pairs else 1.0
    return {number: count * scale for number, count in tally.items()}


def _beyond_chance(comparison: Comparison, then: Tally, now: Tally) -> float:
    """The stability index of a comparison, less what chance can explain."""
    n, m = sum(then.values()), sum(now.values())
    if not n or not m:
        return 0.0
    numbers = range(-1, len(numbered(comparison)))
    chance = (len(numbers) - 1) * (1 / n + 1 / m)
    return stability_index(numbers, then, now) - BEYOND_CHANCE * chance


def _shares(numbers: range, tally: Tally) -> list[float]:
    counts = [tally.get(number, 0.0) + HALF for number in numbers]
    return [count / sum(counts) for count in counts]
