"""The review of a project: what is published, and what stewards said of it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from unify.accord import Agreed
from unify.decisions import Decision
from unify.errors import WorkspaceError
from unify.generations import Generations, read_summary
from unify.ledger import Ledger, consulted
from unify.linkage.model import Model
from unify.moves import decisions_now, in_order
from unify.publication import current
from unify.review.cases import Queue, queue
from unify.standing import Heard, agreed, stand
from unify.tables import RecordFingerprint
from unify.verdict import published_models
from unify.workspace import Workspace, published


@dataclass(frozen=True, slots=True)
class Review:
    """What is published, with all that was decided as it stands on it."""

    database: Workspace
    models: tuple[Model, ...]
    decisions: tuple[Decision, ...]
    heard: tuple[Heard, ...]
    agreed: Agreed
    review: float
    auto_merge: float

    def queue(self, limit: int | None = None) -> Queue:
        """The open cases, most valuable first."""
        return queue(
            self.database, self.heard, self.agreed,
            review=self.review, auto_merge=self.auto_merge, limit=limit,
        )  # fmt: skip


@contextlib.contextmanager
def opened(generations: Generations, ledger: Path) -> Iterator[Review]:
    """The review of what is published. Raises WorkspaceError where nothing is, or by another
    version."""
    place = current(generations)
    summary = read_summary(place.parent)
    moves = in_order(consulted(ledger, lambda told: tuple(told.moves())))
    decisions = decisions_now(consulted(ledger, Ledger.decisions), moves)
    with published(place) as database:
        if not database.holds(RecordFingerprint):
            raise WorkspaceError(
                "what is published does not hold what review needs",
                where=str(place),
                remedy="Another version of unify made it: run `unify match` to publish anew.",
            )
        models = tuple(published_models(database))
        forms = dict(consulted(ledger, Ledger.forms))
        limits = summary["review"], summary["auto_merge"]
        heard = stand(database, decisions, forms, models, auto_merge=limits[1])
        yield Review(database, models, decisions, heard, agreed(heard), *limits)
