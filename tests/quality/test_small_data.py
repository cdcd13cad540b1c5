"""Twenty-five customers are enough to be matched: no run fails, and hardly a pair is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.quality.linkage_sets import FEBRL3
from tests.quality.small_data import Pooled, drawn, matched_draw

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
    holds(range(SAMPLE), tmp_path)


@pytest.mark.quality
def test_many_small_sets_are_matched(tmp_path: Path) -> None:
    holds(range(MANY), tmp_path)


def holds(seeds: Iterable[int], folder: Path) -> None:
    """Match the draws of some seeds, and compare what they come to with what is promised."""
    draws = [matched_draw(seed, folder / str(seed)) for seed in seeds]
    pooled = sum(draws, Pooled())
    print(
        f"\nsmall data, {len(draws)} draws: precision {pooled.precision:.4f},"
        f" recall {pooled.recall:.4f}"
    )
    assert pooled.precision >= 0.98
    assert pooled.recall >= 0.90
