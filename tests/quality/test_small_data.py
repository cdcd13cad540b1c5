"""Twenty-five customers are enough to be matched: no run fails, and hardly a pair is wrong."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.quality.linkage_sets import FEBRL3
from tests.quality.results import note
from tests.quality.small_data import drawn, matched_draw, pooled
from unify.evaluate import Evaluation

SAMPLE, MANY = 5, 100

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(FEBRL3.missing, reason="febrl3 is not on this machine"),
]


def test_a_draw_holds_whole_entities_and_is_the_same_every_time() -> None:
    sources, entities = drawn(3)
    assert len(set(entities.values())) == 25
    assert len(sources["data"]) == len(entities)
    assert drawn(3) == (sources, entities) != drawn(4)
    _, told = FEBRL3.load(FEBRL3.paths)
    assert [e for e in told.values() if e in set(entities.values())] == list(entities.values())


def test_a_few_small_sets_are_matched(tmp_path: Path) -> None:
    matched(range(SAMPLE), tmp_path)


@pytest.mark.quality
def test_many_small_sets_are_matched(tmp_path: Path) -> None:
    started = time.perf_counter()
    draws = matched(range(MANY), tmp_path)
    pairs, bcubed = (
        pooled(getattr(draw.overall, measure) for draw in draws)
        for measure in ("pairwise", "bcubed")
    )
    mixtures = [draw.largest_mixture.records for draw in draws if draw.largest_mixture]
    unify = {"precision": pairs.precision, "recall": pairs.recall, "f1": pairs.f1}
    unify |= {"bcubed": bcubed.f1, "largest_mixture": max(mixtures, default=0)}
    unify |= {"seconds": (time.perf_counter() - started) / MANY, "megabytes": None}
    records = round(sum(draw.overall.records for draw in draws) / MANY)
    note(f"{MANY} draws of 25 entities of febrl3", {"records": records, "unify": unify})


def matched(seeds: Iterable[int], folder: Path) -> list[Evaluation]:
    """Match the draws of some seeds, and compare what they come to with what is promised."""
    draws = [matched_draw(seed, folder / str(seed)) for seed in seeds]
    pairs = pooled(draw.overall.pairwise for draw in draws)
    print(
        f"\nsmall data, {len(draws)} draws: precision {pairs.precision:.4f},"
        f" recall {pairs.recall:.4f}"
    )
    assert pairs.precision >= 0.98
    assert pairs.recall >= 0.90
    return draws
