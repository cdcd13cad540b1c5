"""Small data: whole entities drawn from FEBRL3, matched as a project of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple
from functools import cache
from pathlib import Path
from random import Random

from tests.projects import Project
from tests.quality.linkage_sets import FEBRL3, Sources, Truth, write_sources
from unify.evaluate import Evaluation, evaluate
from unify.scores import Score

ENTITIES = 25


def pooled(scores: Iterable[Score]) -> Score:
    """One score of the counts of several."""
    return Score(*(sum(counts) for counts in zip(*map(astuple, scores), strict=True)))


def matched_draw(seed: int, folder: Path) -> Evaluation:
    """What comes out for the entities of a seed. Raises UnifyError where the run fails."""
    sources, entities = drawn(seed)
    folder.mkdir()
    truth = write_sources(folder, FEBRL3.name, FEBRL3.country, sources, entities)
    project = Project(folder)
    assert project.run().exit_code == 0
    return evaluate(project.generations, truth)


def drawn(seed: int) -> tuple[Sources, Truth]:
    """All records of some entities, drawn by a seed."""
    sources, entities = _febrl3()
    chosen = set(Random(seed).sample(sorted(set(entities.values())), ENTITIES))
    kept = {record: entity for record, entity in entities.items() if entity in chosen}
    return (
        {
            name: [row for row in rows if (name, row["key"]) in kept]
            for name, rows in sources.items()
        },
        kept,
    )


@cache
def _febrl3() -> tuple[Sources, Truth]:
    return FEBRL3.load(FEBRL3.paths)
