"""Small data: whole entities drawn from FEBRL3, matched as a project of their own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from tests.projects import Project
from tests.quality.linkage_sets import FEBRL3, Sources, Truth, write_sources
from unify.evaluate import evaluate

ENTITIES = 25


@dataclass(frozen=True, slots=True)
class Pooled:
    """Pairs over several draws: joined rightly, joined, and belonging together."""

    right: int = 0
    found: int = 0
    true: int = 0

    def __add__(self, other: Pooled) -> Pooled:
        return Pooled(self.right + other.right, self.found + other.found, self.true + other.true)

    @property
    def precision(self) -> float:
        """The share of the joined pairs that is right."""
        return self.right / self.found

    @property
    def recall(self) -> float:
        """The share of the true pairs that was joined."""
        return self.right / self.true


def matched_draw(seed: int, folder: Path) -> Pooled:
    """What comes out for the entities of a seed. Raises UnifyError where the run fails."""
    sources, entities = drawn(seed)
    folder.mkdir()
    truth = write_sources(folder, FEBRL3.name, FEBRL3.country, sources, entities)
    project = Project(folder)
    assert project.run().exit_code == 0
    found = evaluate(project.generations, truth).overall.pairwise
    return Pooled(round(found.right_of_true), round(found.found), round(found.true))


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
