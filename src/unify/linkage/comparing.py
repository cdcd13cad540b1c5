"""Which level each pair of records meets in each comparison: the model's conditions in one SELECT.

The conditions are those that `splink_engine` gives to Splink. What several levels ask is
computed once a pair, where Splink asks it anew for each level.
"""

from __future__ import annotations

from collections import Counter

from unify.linkage.levels import DUCKDB, columns_of, parts, single
from unify.linkage.model import Comparison, Model
from unify.linkage.training import numbered
from unify.workspace import Workspace, quoted

MISSING = -1


def compare(workspace: Workspace, model: Model, pairs: str, name: str) -> None:
    """Compare the pairs of a table, given by the places `l` and `r`.

    Makes a sketch `name` of the same pairs and all that the table says of them, with a column
    for each comparison: the number of the level that was met, -1 where there was nothing to
    compare.
    """
    asked = _asked_often(model)
    answers = ", ".join(f"{single(part, DUCKDB)} as {answer}" for part, answer in asked.items())
    levels = ", ".join(_numbers(comparison, asked) for comparison in model.comparisons)
    with workspace.joining_as_read():
        workspace.sketch(
            name,
            f"select said.*, {levels} from (select *, {answers or 'true as nothing_asked'}"
            f" from ({_side_by_side(model, pairs)}))",
        )


def _side_by_side(model: Model, pairs: str) -> str:
    """The pairs with what is compared of either record, as `…_l` and `…_r`."""
    columns = sorted(
        {
            column
            for comparison in model.comparisons
            for level in comparison.levels
            for column in columns_of(level.when)
        }
    )
    both = ", ".join(
        f"{side}_record.{quoted(column)} as {quoted(f'{column}_{side}')}"
        for column in columns
        for side in ("l", "r")
    )
    return (
        f"select said, {both} from {quoted(pairs)} as said"
        f" join {quoted(model.table)} as l_record on l_record.place = said.l"
        f" join {quoted(model.table)} as r_record on r_record.place = said.r"
    )


def _asked_often(model: Model) -> dict[str, str]:
    """The parts of conditions that several levels ask, each with the column of its answer.

    What goes through lists costs most, and stands behind what rules nearly all pairs out.
    """
    times = Counter(
        part.removeprefix("not ")
        for comparison in model.comparisons
        for level in comparison.levels
        for part in parts(level.when)
    )
    often = [
        part
        for part, count in times.items()
        if count > 1 and part != "else" and "lambda" not in single(part, DUCKDB)
    ]
    return {part: f"answer_{number}" for number, part in enumerate(often)}


def _numbers(comparison: Comparison, asked: dict[str, str]) -> str:
    """The number of the level that a pair meets, as SQL."""
    numbers = {level.name: number for number, level in numbered(comparison)}
    cases = " ".join(
        "else 0"
        if level.when == "else"
        else f"when {_condition(level.when, asked)} then {numbers.get(level.name, MISSING)}"
        for level in comparison.levels
    )
    return f"(case {cases} end)::TINYINT as {quoted(comparison.name)}"


def _condition(phrase: str, asked: dict[str, str]) -> str:
    return " and ".join(_answered(part, asked) for part in parts(phrase))


def _answered(part: str, asked: dict[str, str]) -> str:
    answer = asked.get(part.removeprefix("not "))
    if answer is None:
        return single(part, DUCKDB)
    return f"not {answer}" if part.startswith("not ") else answer
