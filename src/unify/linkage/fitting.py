"""The model of a run: the one that an earlier run fitted, while it holds, or else one fitted anew.

A fitted model is kept in the workspace, with the blocks that it opens and how often it met each
value: a pair weighs the same for as long as the model holds. Later runs compare by the version
that the published generation was made with, until they are told to retrain, the model that ships
has changed, or data have drifted away from what it was fitted to.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from unify.linkage import frequencies
from unify.linkage.drift import Met, outgrown
from unify.linkage.model import Model
from unify.linkage.training import Counts, Trained, tally, train
from unify.linkage.written import Fitted, fingerprint, level_rows, model_row, read_fitted, table_of
from unify.memory import add
from unify.tables import FittedFrequency, FittedLevel, FittedModel, LinkageFrequency
from unify.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which model a run would compare by, and how a model is named that it fits itself."""

    run_id: str
    versions: tuple[tuple[str, str], ...] = ()
    """(kind, version): what the published generation was compared by."""
    retrain: bool = False
    keep: bool = True
    """Whether later runs may take over what this one fits."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The model that a run compares by, where it comes from, and why it was fitted anew."""

    trained: Trained
    fitted: Fitted
    met: Met
    reused: bool
    why: str
    """Why it was fitted anew; empty where it was not, or for the first time."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What a model is fitted to: agreement patterns of candidate pairs and of pairs drawn at
    random, of so many records, and of how many records the blocks were that were opened."""

    candidates: Counts
    random: Counts
    records: int
    opened_to: tuple[int, ...]


def standing(
    workspace: Workspace, shipped: Model, wanted: Wanted, records: int
) -> tuple[Fitted | None, str]:
    """The model that the published generation was compared by, or why it does not do."""
    version = dict(wanted.versions).get(shipped.kind)
    kept = _read(workspace, shipped, version) if version else None
    if wanted.retrain:
        return None, "a new one was asked for"
    if kept is None:
        return None, "the one that was published with is not in the workspace" if version else ""
    if kept.shipped != fingerprint(shipped):
        return None, "the model that it starts from has changed"
    why = outgrown(kept.records, records)
    return (None, why) if why else (kept, "")


def take_over(workspace: Workspace, kept: Fitted) -> None:
    """Add to `linkage_frequency` what a kept model counted."""
    workspace.append(
        LinkageFrequency,
        f"select * exclude (version) from {FittedFrequency.name}"
        " where kind = $kind and version = $version",
        kind=kept.model.kind,
        version=kept.version,
    )


def fit(workspace: Workspace, shipped: Model, sample: Sample) -> tuple[Trained, str]:
    """A model fitted to a sample; how often its values are met goes to `linkage_frequency`.

    Gives a fingerprint of that as well.
    """
    trained = train(shipped, sample.candidates, sample.random, records=sample.records)
    opening = zip(trained.model.blocking, sample.opened_to, strict=True)
    blocking = tuple(replace(rule, opened_to=records) for rule, records in opening)
    trained = replace(trained, model=replace(trained.model, blocking=blocking))
    workspace.connection.execute(
        f"delete from {LinkageFrequency.name} where kind = $kind", {"kind": shipped.kind}
    )
    return trained, frequencies.count(workspace, trained.model)


def tallied(model: Model, patterns: Counts) -> tuple[dict[int, float], ...]:
    """How often each level of each comparison is met."""
    return tuple(tally(place, patterns) for place in range(len(model.comparisons)))


def keep(workspace: Workspace, shipped: Model, fitted: Fitted) -> Fitted:
    """Keep a fitted model; one that was fitted alike before is the same model."""
    known = _read(workspace, shipped, fitted.version)
    if known:
        return known
    levels = level_rows(fitted, fitted.met)
    add(workspace, FittedModel, table_of(FittedModel.columns, [model_row(fitted)]))
    add(workspace, FittedLevel, table_of(FittedLevel.columns, levels))
    if not workspace.holds(FittedFrequency):
        workspace.start(FittedFrequency)
    workspace.append(
        FittedFrequency,
        f"select *, $version as version from {LinkageFrequency.name} where kind = $kind",
        kind=shipped.kind,
        version=fitted.version,
    )
    return fitted


def _read(workspace: Workspace, shipped: Model, version: str) -> Fitted | None:
    if not all(map(workspace.holds, (FittedModel, FittedLevel, FittedFrequency))):
        return None
    found = workspace.rows("kept_model", kind=shipped.kind, version=version)
    levels = workspace.rows("kept_level", kind=shipped.kind, version=version)
    return read_fitted(shipped.table, found[0], levels) if found else None
