"""How often strangers have the values on which records agree: counted when a model is fitted.

What is common then stays common for as long as the model holds: a pair that was scored need not
be scored again because others came.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from unify.linkage.model import Model
from unify.linkage.training import numbered
from unify.tables import LinkageFrequency
from unify.workspace import Workspace, literal, quoted

# The weight of the usual frequency of a name, in records.
PSEUDO_RECORDS = 50
# Of the other records with a rare name, so many are likely copies of the one at hand.
COPIES = 0.75


class Frequency(NamedTuple):
    """A comparison's level whose weight depends on how often a column's value is met."""

    comparison: str
    level: int
    column: str
    counted_in: tuple[str, ...]
    usual: float
    """Its u: the frequency at which it weighs what the level does."""


def frequencies_of(model: Model) -> Iterator[Frequency]:
    """The levels of a model whose weight depends on the value."""
    for comparison in model.comparisons:
        for number, level in numbered(comparison):
            if level.term_frequency:
                columns = level.counted_in or (level.term_frequency,)
                yield Frequency(comparison.name, number, level.term_frequency, columns, level.u)


def count(workspace: Workspace, model: Model) -> str:
    """Add to `linkage_frequency` how often the values of the model's records are met now.

    Gives a fingerprint of what was counted.
    """
    for one in frequencies_of(model):
        workspace.append(LinkageFrequency, _counted(model, one))
    ((counted,),) = workspace.select(
        "select coalesce(bit_xor(hash(field, value, frequency)), 0)::VARCHAR"
        f" from {LinkageFrequency.name} where kind = $kind",
        kind=model.kind,
    )
    return str(counted)


def of_values(model: Model, column: str) -> str:
    """The frequency of each value of a column that was counted for a model, as SQL."""
    return (
        f"(select value, frequency from {LinkageFrequency.name}"
        f" where kind = {literal(model.kind)} and field = {literal(column)})"
    )


def _counted(model: Model, one: Frequency) -> str:
    """How often each value of a column is met by another customer's record, of all records.

    Twice among three is no sign of a common name: to what is counted come some records in which
    every value is met with the probability that is usual for two strangers.
    """
    values = " union all ".join(
        f"select {quoted(column)} as value, {column == one.column} as home"
        f" from {quoted(model.table)}"
        for column in one.counted_in
    )
    usual = f"{PSEUDO_RECORDS} * {one.usual!r}"
    return f"""
        with counted as (
            select value, count(*) as records, count(*) filter (where home) as at_home
            from ({values}) where value is not null group by value
        ),
        home as (
            select * from counted where at_home > 0 union all select null, 0, 0
        )
        select {literal(model.kind)} as kind, {literal(one.column)} as field, value,
               (greatest(records - 1 - {COPIES!r}, 0) + {usual})
                   / (sum(at_home) over () - 1 + {PSEUDO_RECORDS}) as frequency
        from home
    """
