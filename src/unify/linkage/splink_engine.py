"""Splink, the engine that compares and scores candidate pairs. The only importer of splink."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator

from unify.linkage.levels import DUCKDB, condition
from unify.linkage.model import Comparison, Level, Model
from unify.linkage.training import numbered
from unify.workspace import Workspace, quoted

# The prefix of the columns in which Splink gives a comparison's weight.
WEIGHT = "mw_"
# Small enough for the m of the twentieth level to be a probability.
FINE = 2.0**-24
# The weight of the usual frequency of a name, in records.
PSEUDO_RECORDS = 200


def settings(model: Model, dialect: str = DUCKDB, *, weights: bool = False) -> SettingsCreator:
    """The model as Splink's settings, its conditions in the SQL of `dialect`.

    With `weights`, what it scores keeps the match weight of each comparison.
    """
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_id",
        probability_two_random_records_match=model.prior,
        comparisons=[_comparison(comparison, dialect) for comparison in model.comparisons],
        blocking_rules_to_generate_predictions=[],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=weights,
    )


def score(workspace: Workspace, model: Model, pairs: str, name: str) -> None:
    """Score the pairs of a table (`match_key`, `join_key_l`, `join_key_r`) by the model.

    Makes a table `name` with `record_id_l`, `record_id_r`, `match_weight` (log2),
    `match_probability` and `anchored`: whether a comparison agrees that can carry a merge.
    """
    scored = _predicted(workspace, model, pairs, weights=True)
    anchors = " or ".join(f"{quoted(WEIGHT + anchor)} > 0" for anchor in model.anchors)
    workspace.compose(
        name,
        "select record_id_l, record_id_r, match_weight, match_probability,"
        f" {anchors} as anchored from {scored}",
    )
    workspace.drop(scored)


def patterns(workspace: Workspace, model: Model, pairs: str) -> dict[tuple[int, ...], int]:
    """How often each agreement pattern is met among the pairs of a table."""
    # With these weights, a comparison's weight is the number of the level that was met; Splink
    # gives the numbers themselves only together with every value that was compared.
    scored = _predicted(workspace, numbering(model), pairs, weights=True)
    weights = [quoted(f"{WEIGHT}{comparison.name}") for comparison in model.comparisons]
    levels = ", ".join(f"round({weight})::INT - 1" for weight in weights)
    counted = workspace.connection.execute(
        f"select {levels}, count(*) from {scored} group by all order by all"
    ).fetchall()
    workspace.drop(scored)
    return {tuple(row[:-1]): row[-1] for row in counted}


def numbering(model: Model) -> Model:
    """The model whose weights are the levels' numbers: 0 missing, 1 disagreement, and so on."""
    return replace(
        model,
        comparisons=tuple(
            Comparison(comparison.name, tuple(_numbered(comparison)))
            for comparison in model.comparisons
        ),
    )


def _numbered(comparison: Comparison) -> Iterator[Level]:
    number = {level.name: place + 1 for place, level in numbered(comparison)}
    for level in comparison.levels:
        if level.missing:
            yield level
        else:
            yield replace(
                level, m=FINE * 2 ** number[level.name], u=FINE, term_frequency=None, odds=None
            )


def _predicted(workspace: Workspace, model: Model, pairs: str, *, weights: bool) -> str:
    logging.getLogger("splink").setLevel(logging.ERROR)
    # Splink caches by DuckDBAPI, so each linker gets one of its own.
    database = DuckDBAPI(connection=workspace.connection.cursor())
    linker = Linker(
        database.register(model.table), settings(model, weights=weights), log_level=None
    )
    linker.table_management.register_blocked_pairs_for_predict(database.register(pairs))
    for column, share in _term_frequencies(model):
        table = f"frequency_{column}"
        workspace.compose(
            table, frequency_select(model.table, column, share), pseudo=PSEUDO_RECORDS
        )
        linker.table_management.register_term_frequency_lookup(database.register(table), column)
    scored = linker.inference.predict(warning_mode="never")
    workspace.drop(*(f"frequency_{column}" for column, _ in _term_frequencies(model)))
    return str(scored.physical_name)


def frequency_select(table: str, column: str, share: float) -> str:
    """How often each value of a column is met.

    Twice among three is no sign of a common name: to what is counted come some records in which
    every value is met with the probability `share` that is usual for two strangers.
    """
    return f"""
        select {quoted(column)},
               (count(*) + $pseudo * {share!r}) / (sum(count(*)) over () + $pseudo)
                   as {quoted("tf_" + column)}
        from {quoted(table)} where {quoted(column)} is not null
        group by {quoted(column)}
    """


def _term_frequencies(model: Model) -> list[tuple[str, float]]:
    """The columns whose values weigh by how rare they are, with the u of their agreement."""
    return [
        (level.term_frequency, level.u)
        for comparison in model.comparisons
        for level in comparison.levels
        if level.term_frequency
    ]


def _comparison(comparison: Comparison, dialect: str) -> Any:
    return cl.CustomComparison(
        output_column_name=comparison.name,
        comparison_levels=[_level(level, dialect) for level in comparison.levels],
    )


def _level(level: Level, dialect: str) -> Any:
    if level.when == "else":
        created: Any = cll.ElseLevel()
    else:
        created = cll.CustomLevel(condition(level.when, dialect), level.name)
    if level.missing:
        return created.configure(is_null_level=True)
    weights: dict[str, Any] = {"m_probability": level.m, "u_probability": level.u}
    if level.term_frequency:
        weights |= {"tf_adjustment_column": level.term_frequency}
    return created.configure(**weights)
