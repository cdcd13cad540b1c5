"""Survivorship: which of a customer's values deserves to go on. Rules are rows of a table.

A policy gives each group of fields its rules, first to last; the first rule that tells two
values apart decides. What no rule tells apart is settled by the smaller record id, so that
ties are broken the same way every time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from unify.config import SourceTrust
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
class Trust:
    """How far a source is believed in a group of fields, from 0 to 100.

    A record of that age in days is believed half as far, one twice as old a quarter as far:
    trust * 0.5 ** (age / half_life_days). Without a half-life, age takes nothing away.
    """

    source: str
    field_group: str
    trust: int
    half_life_days: float | None


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of every group of fields, and whom to believe in it."""

    rules: tuple[tuple[str, tuple[str, ...]], ...]
    trust: tuple[Trust, ...] = ()
    source_order: tuple[str, ...] = ()
    """The sources as the configuration lists them, whom to believe first."""


def policy(
    written: Mapping[str, Sequence[str]],
    own: Sequence[Field],
    *,
    where: str,
    sources: Mapping[str, SourceTrust],
) -> Policy:
    """The shipped policy, with the rules that the configuration sets instead.

    `sources`: how far each is believed, as the configuration lists them.

    Raises ConfigError for a rule that is none, and for two fields that survive together and
    are not trusted alike.
    """
    shipped: dict[str, list[str]] = read_toml("survivorship/default.toml")
    for field, rules in written.items():
        _check_rules(field, rules, where=f"{where} [survivorship] {field}")
    group_of = {field.name: field.group for field in (*STANDARD, *own)}
    chosen = {group_of.get(field, field): tuple(rules) for field, rules in written.items()}
    default = chosen.get("default", tuple(shipped["default"]))
    groups = sorted(set(group_of.values()))
    return Policy(
        tuple((group, chosen.get(group) or tuple(shipped.get(group, default))) for group in groups),
        tuple(
            believed
            for name, said in sources.items()
            for believed in _trust(name, said, group_of, where=f"{where} [sources.{name}.trust]")
        ),
        tuple(sources),
    )


def _check_rules(field: str, rules: Sequence[str], *, where: str) -> None:
    for rule in rules:
        if rule not in RULES:
            raise ConfigError(
                f"unknown rule '{rule}'", where=where, remedy=did_you_mean(rule, RULES)
            )
        if rule == UNION and field not in (*LISTS, "default"):
            raise ConfigError(
                f"'{UNION}' keeps every value, and {field} holds one",
                where=where,
                remedy=f"It is for {' and '.join(LISTS)}, of which all are kept anyway.",
            )


def _trust(
    source: str, said: SourceTrust, group_of: Mapping[str, str], *, where: str
) -> Iterator[Trust]:
    """How far a source is believed in every group of fields."""
    named: dict[str, str] = {}
    levels = said.by_field()
    for field, level in levels.items():
        before = named.setdefault(group_of.get(field, field), field)
        if levels[before] != level:
            raise ConfigError(
                f"{before} and {field} survive together, and are not trusted alike",
                where=where,
                remedy="Name one of them.",
            )
    for group in sorted(set(group_of.values())):
        level = levels[named[group]] if group in named else said.in_all()
        yield Trust(source, group, level.trust, level.half_life_days)
