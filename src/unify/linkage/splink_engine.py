"""The model as Splink's settings, for any of the engines that Splink runs on. The only importer
of splink.

A run asks DuckDB the same conditions by `comparing`, at a fraction of the cost; the tests prove
that Splink finds the same levels.
"""

from __future__ import annotations

from typing import Any

import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import SettingsCreator

from unify.linkage.levels import DUCKDB, condition
from unify.linkage.model import Comparison, Level, Model


def settings(model: Model, dialect: str = DUCKDB, *, levels: bool = False) -> SettingsCreator:
    """The model as Splink's settings, its conditions in the SQL of `dialect`.

    With `levels`, what it scores keeps the number of the level that was met in each comparison.
    """
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_id",
        probability_two_random_records_match=model.prior,
        comparisons=[_comparison(comparison, dialect) for comparison in model.comparisons],
        blocking_rules_to_generate_predictions=[],
        retain_matching_columns=levels,
        retain_intermediate_calculation_columns=levels,
    )


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
