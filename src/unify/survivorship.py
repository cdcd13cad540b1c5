"""Survivorship: which of a customer's values deserves to go on. Rules are rows of a table.

A policy gives each group of fields its rules, first to last; the first rule that tells two
values apart decides. What no rule tells apart is settled by the smaller record id, so that
ties are broken the same way every time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from unify.errors import ConfigError, did_you_mean
from unify.fields import LISTS, STANDARD, Field
from unify.presets import read_toml

RULES = (
    "trust",
    "recent",
    "frequent",
    "complete",
    "longest",
    "valid",
    "most_restrictive",
    "source_order",
    "min",
    "max",
    "union",
)

UNION = "union"


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of every group of fields."""

    rules: tuple[tuple[str, tuple[str, ...]], ...]
    source_order: tuple[str, ...] = ()
    """The sources as the configuration lists them, whom to believe first."""


def policy(
    written: Mapping[str, Sequence[str]],
    own: Sequence[Field],
    *,
    where: str,
    sources: Sequence[str] = (),
) -> Policy:
    """The shipped policy, with the rules that the configuration sets instead.

    `sources`: as the configuration lists them.

    Raises ConfigError for a rule that is none.
    """
    shipped: dict[str, list[str]] = read_toml("survivorship/default.toml")
    for field, rules in written.items():
        for rule in rules:
            if rule not in RULES:
                raise ConfigError(
                    f"unknown rule '{rule}'",
                    where=f"{where} {field}",
                    remedy=did_you_mean(rule, RULES),
                )
            if rule == UNION and field not in (*LISTS, "default"):
                raise ConfigError(
                    f"'{UNION}' keeps every value, and {field} holds one",
                    where=f"{where} {field}",
                    remedy=f"It is for {' and '.join(LISTS)}, of which all are kept anyway.",
                )
    group_of = {field.name: field.group for field in (*STANDARD, *own)}
    chosen = {group_of.get(field, field): tuple(rules) for field, rules in written.items()}
    default = chosen.get("default", tuple(shipped["default"]))
    groups = sorted(set(group_of.values()))
    return Policy(
        tuple((group, chosen.get(group) or tuple(shipped.get(group, default))) for group in groups),
        tuple(sources),
    )
