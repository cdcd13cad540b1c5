"""What a published generation says of two of its records: one customer or two, and why."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from unify.decisions import Decision, Judgement
from unify.errors import WorkspaceError
from unify.generations import read_summary
from unify.ledger import Ledger, consulted
from unify.linkage.explanation import Block, Pair, Weighed, shared_blocks, weigh
from unify.linkage.model import Model
from unify.linkage.strongest import Step, strongest_path
from unify.linkage.written import read_model
from unify.match import WORTH_KEEPING, most_unanchored
from unify.tables import LinkageFrequency, LinkageLevel, LinkageModel, RefusedPair, ScoredPair
from unify.workspace import Workspace

Row = dict[str, Any]
EXPLAINING = (LinkageModel, LinkageLevel, LinkageFrequency, ScoredPair, RefusedPair)


class Verdict(Enum):
    """What became of two records, and by what."""

    JOINED = "joined"
    THROUGH = "through"
    DECIDED = "decided"
    REFUSED = "refused"
    BELOW = "below"
    TWO_KINDS = "two_kinds"
    NEVER_COMPARED = "never_compared"
    HOPELESS = "hopeless"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is published of two customers, and what stewards said of their records."""

    database: Workspace
    models: tuple[Model, ...]
    records: dict[str, Row]
    pairs: tuple[Row, ...]
    """The scored pairs between the two (or within the one), strongest first."""
    refusals: tuple[Row, ...]
    decisions: tuple[Decision, ...]
    threshold: float
    review: float
    at: str

    @property
    def cap(self) -> float:
        """The match probability of pairs without an anchor, at most."""
        return most_unanchored(self.threshold)

    def weighed(self, pairs: Iterable[Pair]) -> dict[Pair, Weighed]:
        """Pairs, the smaller id first, as the model of their kind has them.

        One of two kinds is as it is by the model that holds it likelier. Those that no model
        compares are left out.
        """
        asked = list(pairs)
        best: dict[Pair, Weighed] = {}
        for one in (one for model in self.models for one in weigh(self.database, model, asked)):
            known = best.get((one.left, one.right))
            best[one.left, one.right] = max(known, one, key=self._telling) if known else one
        return best

    def _telling(self, weighed: Weighed) -> tuple[bool, float]:
        return not weighed.crossing, weighed.capped(self.cap)

    def scored(self, pair: Pair) -> Row | None:
        """A pair as it was scored in the run, if it was kept."""
        held = (row for row in self.pairs if {row["record_id_l"], row["record_id_r"]} == set(pair))
        return next(held, None)

    def blocks(self, weighed: Weighed) -> list[Block]:
        """The blocking rules whose keys a pair shares."""
        (model,) = (model for model in self.models if model.kind == weighed.kind)
        return shared_blocks(self.database, model, (weighed.left, weighed.right))

    def keys(self, weighed: Weighed) -> list[str]:
        """All the blocking rules by which such a pair could be found."""
        (model,) = (model for model in self.models if model.kind == weighed.kind)
        return [rule.name for rule in model.blocking]

    def said_of(self, pair: Pair) -> list[Decision]:
        """What stewards said of two records."""
        return [d for d in self.decisions if {d.left_record, d.right_record} == set(pair)]

    def holds(self, decision: Decision) -> bool:
        """Whether a decision was there when the generation was made."""
        return decision.at <= self.at

    def path(self, pair: Pair) -> tuple[Step, ...]:
        """The strongest way from one record to the other, along what joined their customer."""
        links = [
            Step(row["record_id_l"], row["record_id_r"], row["match_weight"])
            for row in self.pairs
            if joins(row, self.threshold)
        ]
        told = [d for d in self.decisions if d.judgement is Judgement.SAME and self.holds(d)]
        stewards = [Step(d.left_record, d.right_record, math.inf) for d in told]
        return strongest_path([*links, *stewards], *pair)


def evidence(database: Workspace, place: Path, ledger: Path, left: str, right: str) -> Evidence:
    """What the generation at a place holds of two customers (or of one, named twice).

    Raises WorkspaceError for a generation without what explains it.
    """
    if not all(map(database.holds, EXPLAINING)):
        raise WorkspaceError(
            "what is published does not hold what explains it",
            where=os.fspath(place),
            remedy="Another version of unify made it: run `unify match` to publish anew.",
        )
    rows = [
        row
        for customer in dict.fromkeys((left, right))
        for row in database.rows("explained_record", customer=customer)
    ]
    records = {row["record_id"]: row for row in rows}
    summary = read_summary(place)
    decided = consulted(ledger, Ledger.decisions)
    return Evidence(
        database=database,
        models=tuple(published_models(database)),
        records=records,
        pairs=tuple(database.rows("link_between", left=left, right=right)),
        refusals=tuple(database.rows("refusal_between", left=left, right=right)),
        decisions=tuple(d for d in decided if {d.left_record, d.right_record} <= set(records)),
        threshold=summary["auto_merge"],
        review=summary["review"],
        at=summary["started_at"],
    )


def judge(held: Evidence, pair: Pair, weighed: Weighed | None) -> Verdict:
    """What became of two records."""
    left, right = (held.records[record] for record in pair)
    if left["customer_id"] == right["customer_id"]:
        return _together(held, pair)
    told = (d for d in held.said_of(pair) if held.holds(d))
    if any(decision.judgement is Judgement.DIFFERENT for decision in told):
        return Verdict.REFUSED
    if weighed is None or weighed.crossing:
        return Verdict.TWO_KINDS
    scored = held.scored(pair)
    if scored:
        return Verdict.REFUSED if joins(scored, held.threshold) else Verdict.BELOW
    hopeless = probability(weighed.capped(held.cap)) < WORTH_KEEPING
    return Verdict.HOPELESS if hopeless and held.blocks(weighed) else Verdict.NEVER_COMPARED


def joins(scored: Row, threshold: float) -> bool:
    """Whether a scored pair is likely enough to be joined by its own evidence."""
    return bool(scored["match_probability"] >= threshold and not scored["crossing"])


def probability(weight: float) -> float:
    """The match probability of a match weight (log2)."""
    return float(1 / (1 + 2.0**-weight))


def weight_of(probability: float) -> float:
    """The match weight (log2) of a match probability."""
    return math.log2(probability / (1 - probability)) if probability < 1 else math.inf


def _together(held: Evidence, pair: Pair) -> Verdict:
    scored = held.scored(pair)
    if scored and joins(scored, held.threshold):
        return Verdict.JOINED
    path = held.path(pair)
    return Verdict.THROUGH if len(path) > 1 else Verdict.DECIDED


def published_models(database: Workspace) -> Iterator[Model]:
    """The models that a published generation was compared by."""
    for row in database.rows("published_model"):
        levels = database.rows("published_level", kind=row["kind"])
        yield read_model(f"{row['kind']}_record", row, levels)
