"""The published generation against a truth: how right it is, how sure it was, and where it errs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from unify.errors import ConfigError, did_you_mean
from unify.generations import Generations
from unify.publication import current
from unify.scores import Judged, Mixture, Scores, judge, judge_within, largest_mixture
from unify.truth import Record, read_truth
from unify.workspace import Workspace, published

# What `auto_merge` could be.
THRESHOLDS = (0.5, 0.8, 0.9, 0.95, 0.99, 0.999)
# Where bands of match probability begin. Below the first one, not every pair is published.
BANDS = (0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999)
LIKELY = 0.5
WORST = 20


@dataclass(frozen=True, slots=True)
class Threshold:
    """What merging the scored pairs at and above a match probability would do, pair by pair.

    Pairs that a third record joins, and pairs that are held apart, are not in it.
    """

    threshold: float
    pairs: int
    precision: float
    recall: float


@dataclass(frozen=True, slots=True)
class Band:
    """The scored pairs of a band of match probability, `least` up to the next band.

    predicted: their mean match probability; observed: the share of them that is one entity.
    """

    least: float
    pairs: int
    predicted: float | None
    observed: float | None


@dataclass(frozen=True, slots=True)
class FalseMerge:
    """Two records of one customer that are two entities.

    Without a match probability, only other records join them.
    """

    record_id_l: str
    record_id_r: str
    customer_id: str
    match_probability: float | None


@dataclass(frozen=True, slots=True)
class Miss:
    """Two records of one entity that are two customers, and why."""

    record_id_l: str
    record_id_r: str
    customer_id_l: str | None
    customer_id_r: str | None
    match_probability: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How right the published customers are, over all and within each source and kind."""

    not_published: int
    overall: Scores
    by_source: Mapping[str, Scores]
    by_kind: Mapping[str, Scores]
    largest_mixture: Mixture | None
    thresholds: tuple[Threshold, ...]
    reliability: tuple[Band, ...]
    false_merges: tuple[FalseMerge, ...]
    misses: tuple[Miss, ...]
    misses_by_reason: Mapping[str, int]


def evaluate(generations: Generations, truth: Path) -> Evaluation:
    """Compare the published generation with a truth (a CSV of source, source_key, entity).

    Records outside the truth are not judged; a record of the truth that was not published
    counts as a customer of its own. Raises ConfigError for a truth that is malformed or tells
    of another project.
    """
    entities = read_truth(truth)
    with published(current(generations)) as database:
        _refuse_unknown_sources(entities, database, os.fspath(truth))
        database.lend("truth", _told(entities))
        records = database.query("judged_record")
        database.lend("judged_record", records)
        return _judged(records, database, os.fspath(truth))


def _judged(records: pa.Table, database: Workspace, where: str) -> Evaluation:
    rows = [
        Judged(source, entity, customer or f"not published: {record}", kind)
        for source, record, entity, customer, kind in zip(
            *records.to_pydict().values(), strict=True
        )
    ]
    missing = records["customer_id"].null_count
    if missing == len(rows):
        raise ConfigError(
            "none of the truth's records is published",
            where=where,
            remedy="Its source_key must be written as in crosswalk.csv.",
        )
    overall = judge(rows)
    database.lend("judged_pair", database.query("judged_pair"))
    database.lend("missed_pair", database.query("missed_pair", likely=LIKELY))
    return Evaluation(
        not_published=missing,
        overall=overall,
        by_source=judge_within(rows, lambda record: record.source),
        by_kind=judge_within(rows, lambda record: record.kind),
        largest_mixture=largest_mixture(rows),
        thresholds=_thresholds(database, overall.pairwise.true),
        reliability=tuple(Band(**row) for row in database.rows("reliability", bounds=list(BANDS))),
        false_merges=tuple(FalseMerge(**row) for row in database.rows("false_merge", most=WORST)),
        misses=tuple(Miss(**row) for row in database.rows("worst_miss", most=WORST)),
        misses_by_reason={row["reason"]: row["pairs"] for row in database.rows("missed_reason")},
    )


def _thresholds(database: Workspace, true: float) -> tuple[Threshold, ...]:
    return tuple(
        Threshold(
            row["threshold"],
            row["pairs"],
            precision=row["right_pairs"] / row["pairs"] if row["pairs"] else 1.0,
            recall=row["right_pairs"] / true if true else 1.0,
        )
        for row in database.rows("judged_threshold", thresholds=list(THRESHOLDS))
    )


def _refuse_unknown_sources(
    entities: Mapping[Record, Any], database: Workspace, where: str
) -> None:
    known = {row["source"] for row in database.rows("published_source")}
    unknown = sorted({source for source, _ in entities} - known)
    if unknown:
        raise ConfigError(
            f"no record of a source '{unknown[0]}' is published",
            where=where,
            remedy=did_you_mean(unknown[0], known),
        )


def _told(entities: Mapping[Record, str]) -> pa.Table:
    return pa.table(
        {
            "source": pa.array([source for source, _ in entities], pa.string()),
            "source_key": pa.array([key for _, key in entities], pa.string()),
            "entity": pa.array(list(entities.values()), pa.string()),
        }
    )
