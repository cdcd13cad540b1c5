"""Splink, the engine that compares candidate pairs. The only importer of splink."""

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
# Small enough for the m of the thirtieth level to be a probability.
FINE = 2.0**-32


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


def compare(workspace: Workspace, model: Model, pairs: str, name: str) -> None:
    """Compare the pairs of a table (`match_key`, `join_key_l`, `join_key_r`).

    Makes a table `name` with `record_id_l`, `record_id_r`, `match_key`, and a column for each
    comparison: the number of the level that was met, -1 where there was nothing to compare.
    """
    # With these weights, a comparison's weight is the number of the level that was met; Splink
    # gives the numbers themselves only together with every value that was compared.
    scored = _predicted(workspace, numbering(model), pairs)
    levels = ", ".join(
        f"(round({quoted(WEIGHT + comparison.name)}) - 1)::TINYINT as {quoted(comparison.name)}"
        for comparison in model.comparisons
    )
    workspace.compose(
        name, f"select record_id_l, record_id_r, match_key, {levels} from {quoted(scored)}"
    )
    workspace.drop(scored)


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


def _predicted(workspace: Workspace, model: Model, pairs: str) -> str:
    logging.getLogger("splink").setLevel(logging.ERROR)
    # Splink caches by DuckDBAPI, so each linker gets one of its own.
    database = DuckDBAPI(connection=workspace.connection.cursor())
    linker = Linker(database.register(model.table), settings(model, weights=True), log_level=None)
    linker.table_management.register_blocked_pairs_for_predict(database.register(pairs))
    return str(linker.inference.predict(warning_mode="never").physical_name)


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
