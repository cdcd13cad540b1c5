"""A linkage model as data: comparisons of named levels, each with its m and u probability.

m is the probability of a level among pairs of records of the same customer, u among pairs of
different ones; log2(m/u) is the level's match weight (Fellegi and Sunter, 1969).
Shipped models stand in `configs/models`; training moves their m and u as far as data can.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from unify.errors import ModelError
from unify.presets import read_toml


@dataclass(frozen=True, slots=True)
class Level:
    """One outcome of a comparison. `fixed` ones keep their shipped m and u.

    `odds`, in place of u: how many pairs that meet this level are one customer for each pair
    that is not, when nothing else is known.
    """

    name: str
    when: str
    m: float = 0.0
    u: float = 0.0
    fixed: bool = False
    odds: float | None = None
    learns_from: tuple[str, ...] = ()
    """Other levels of the comparison whose pairs, too, say what the odds are."""
    term_frequency: str | None = None
    counted_in: tuple[str, ...] = ()
    """All the columns in which the value is counted: Paolo as a family name is no rare name."""
    within: str | None = None
    """The level of the `given` comparison within which alone it is met: its m and u are shares of
    the pairs that meet that one."""
    parts: bool = False
    """Whether it tells two apart whom no third record makes one, unless their own evidence does."""

    @property
    def missing(self) -> bool:
        """Whether the level says that there is nothing to compare."""
        return self.name == "missing"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared, from the strongest agreement down to disagreement."""

    name: str
    levels: tuple[Level, ...]
    given: str | None = None
    """The comparison that tells what there is to compare."""

    @property
    def weighs(self) -> bool:
        """Whether any of its levels says something by itself."""
        return any(level.m != level.u for level in self.levels)


@dataclass(frozen=True, slots=True)
class BlockingRule:
    """Records that agree on all of `keys` are compared; `[]` marks a key that holds several.

    `largest`: of how many records a block may be, where fewer than usual are enough to say that
    agreeing means little. `opened_to`: of how many those that a fitted model opens may be.
    """

    name: str
    keys: tuple[str, ...]
    largest: int | None = None
    opened_to: int | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """A linkage model of one kind of party."""

    kind: str
    table: str
    prior: float
    """The probability that two records drawn at random are the same customer."""
    matches_per_record: float
    comparisons: tuple[Comparison, ...]
    anchors: tuple[str, ...]
    """The comparisons of which one must agree for a pair to merge without a person's look."""
    names: tuple[str, ...]
    rare_names: float
    """The weight (log2) from which on the names that agree are rare enough to do without."""
    blocking: tuple[BlockingRule, ...]


def shipped(kind: str) -> Model:
    """The shipped model of a kind. Raises ModelError for a malformed one."""
    written = read_toml(f"models/{kind}.toml")
    return Model(
        kind=kind,
        table=f"{kind}_record",
        prior=0.0,
        matches_per_record=float(written["matches_per_record"]),
        comparisons=tuple(comparison_of(entry) for entry in written["comparisons"]),
        anchors=tuple(written["anchors"]),
        names=tuple(written.get("names", ())),
        rare_names=float(written.get("rare_names", 0.0)),
        blocking=tuple(_blocking_rule(entry) for entry in written["blocking"]),
    )


def _blocking_rule(entry: list[str] | Mapping[str, Any]) -> BlockingRule:
    if isinstance(entry, list):
        return BlockingRule(" + ".join(entry), tuple(entry))
    return replace(_blocking_rule(entry["keys"]), largest=int(entry["largest"]))


def comparison_of(entry: Mapping[str, Any]) -> Comparison:
    """A comparison as a preset writes it. Raises ModelError for a malformed one."""
    levels = tuple(_level(written) for written in entry["levels"])
    for level in levels:
        known = level.odds or 0 < level.u <= 1
        if not level.missing and not (0 < level.m <= 1 and known):
            raise ModelError(
                f"m and u of '{level.name}' are no probabilities",
                where=f"comparison {entry['name']}",
                remedy="Give m, and u or odds.",
            )
    return Comparison(entry["name"], levels, entry.get("given"))


def _level(written: Mapping[str, Any]) -> Level:
    said: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in written.items()
    }
    return Level(**said)
