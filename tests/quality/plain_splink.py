"""Splink as its tutorial writes it: one model, trained without labels, on a project's records.

    python -m tests.quality.plain_splink FOLDER

Prints a JSON object: the scores at every threshold, the seconds up to the clusters at 0.95, and
of them those of predicting and clustering.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from tests.quality.rival_table import TABLE, description, gather, scored

DEFAULT = 0.95
THRESHOLDS = (0.5, 0.9, 0.95, 0.99)
# The share of true pairs that the certain rules are taken to find, and the pairs drawn for u.
RECALL, MAX_PAIRS = 0.7, 2e6


def main(folder: Path) -> dict[str, Any]:
    """Match a project's records, and judge the outcome by its truth."""
    started = time.perf_counter()
    logging.getLogger("splink").setLevel(logging.ERROR)
    database = duckdb.connect()
    told, sources = description(folder), gather(database, folder)
    linker = trained(database, told, sources)
    trained_at = time.perf_counter()
    predicted = linker.inference.predict(
        threshold_match_probability=min(THRESHOLDS), warning_mode="never"
    )
    clusters = {DEFAULT: clustered(linker, predicted, DEFAULT, database)}
    ended = time.perf_counter()
    clusters |= {
        threshold: clustered(linker, predicted, threshold, database)
        for threshold in THRESHOLDS
        if threshold != DEFAULT
    }
    return {
        "seconds": round(ended - started, 2),
        "predict_and_cluster": round(ended - trained_at, 2),
        "scores": {
            str(threshold): scored(clusters[threshold], folder / "truth.csv")
            for threshold in THRESHOLDS
        },
    }


def trained(
    database: duckdb.DuckDBPyConnection, told: dict[str, list[Any]], sources: Sequence[str]
) -> Linker:
    """A linker of the tutorial's steps: the prior, u by random pairs, m by two passes."""
    settings = SettingsCreator(
        link_type="link_only" if len(sources) == 2 else "dedupe_only",
        comparisons=list(comparisons(told)),
        blocking_rules_to_generate_predictions=rules(told["blocks"]),
    )
    linker = Linker(inputs(database, sources), settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(
        rules(told["certain"]), recall=RECALL
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=MAX_PAIRS, seed=1)
    for rule in rules(told["train"]):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    return linker


def inputs(database: duckdb.DuckDBPyConnection, sources: Sequence[str]) -> Any:
    """The records for Splink: two sources are linked, one or many are searched for duplicates."""
    engine = DuckDBAPI(connection=database)
    if len(sources) != 2:
        return engine.register(TABLE)
    for source in sources:
        database.execute(
            f"create table of_{source} as from {TABLE} where source_dataset = '{source}'"
        )
    return [engine.register(f"of_{source}") for source in sources]


def comparisons(told: dict[str, list[Any]]) -> Iterator[Any]:
    """The comparisons of the columns that the description names."""
    for column in chain(told["names"], told["texts"]):
        yield cl.JaroWinklerAtThresholds(column, [0.9, 0.7])
    for column in told["dates"]:
        yield cl.LevenshteinAtThresholds(column, 1)
    for column in told["exact"]:
        yield cl.ExactMatch(column).configure(term_frequency_adjustments=True)


def rules(columns: Sequence[Sequence[str]]) -> list[Any]:
    """Blocking rules on sets of columns."""
    return [block_on(*(f'"{column}"' for column in together)) for together in columns]


def clustered(
    linker: Linker, predicted: Any, threshold: float, database: duckdb.DuckDBPyConnection
) -> list[tuple[str, str]]:
    """The connected components of the pairs at and above a threshold."""
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(
        predicted, threshold_match_probability=threshold
    )
    rows: list[tuple[str, str]] = database.execute(
        f"select unique_id, cluster_id::VARCHAR from {found.physical_name}"
    ).fetchall()
    return rows


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
