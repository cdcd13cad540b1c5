"""Splink, the engine that compares and scores candidate pairs. The only importer of splink."""

from __future__ import annotations

import logging
from typing import Any

import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator

from unify.linkage.levels import DUCKDB, condition
from unify.linkage.model import Comparison, Level, Model
from unify.workspace import Workspace, quoted

# The prefix of the columns in which Splink gives the level met.
GAMMA = "gamma_"


def settings(model: Model, dialect: str = DUCKDB, *, levels: bool = False) -> SettingsCreator:
    """The model as Splink's settings, its conditions in the SQL of `dialect`.

    With `levels`, what it scores keeps the level met in each comparison.
    """
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_id",
        probability_two_random_records_match=model.prior,
        comparisons=[_comparison(comparison, dialect) for comparison in model.comparisons],
        blocking_rules_to_generate_predictions=[],
        retain_matching_columns=levels,
        retain_intermediate_calculation_columns=False,
    )


def score(workspace: Workspace, model: Model, pairs: str) -> str:
    """Score the pairs of a table (`match_key`, `join_key_l`, `join_key_r`) by the model.

    Gives the name of a table with `record_id_l`, `record_id_r`, `match_weight` (log2) and
    `match_probability`.
    """
    return _predicted(workspace, model, pairs, levels=False)


def patterns(workspace: Workspace, model: Model, pairs: str) -> dict[tuple[int, ...], int]:
    """How often each agreement pattern is met among the pairs of a table."""
    scored = _predicted(workspace, model, pairs, levels=True)
    gammas = ", ".join(quoted(f"{GAMMA}{comparison.name}") for comparison in model.comparisons)
    counted = workspace.connection.execute(
        f"select {gammas}, count(*) from {scored} group by all order by all"
    ).fetchall()
    workspace.drop(scored)
    return {tuple(row[:-1]): row[-1] for row in counted}


def _predicted(workspace: Workspace, model: Model, pairs: str, *, levels: bool) -> str:
    logging.getLogger("splink").setLevel(logging.ERROR)
    # Splink caches by DuckDBAPI, so each linker gets one of its own.
    database = DuckDBAPI(connection=workspace.connection.cursor())
    linker = Linker(database.register(model.table), settings(model, levels=levels), log_level=None)
    linker.table_management.register_blocked_pairs_for_predict(database.register(pairs))
    scored = linker.inference.predict(warning_mode="never")
    return str(scored.physical_name)


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
