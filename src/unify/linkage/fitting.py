"""The model of a run: the one that an earlier run fitted, while it holds, or else one fitted anew.

A fitted model is kept in the workspace. Later runs compare by the version that the published
generation was made with, until they are told to retrain, the model that ships has changed, or
data have drifted away from what it was fitted to.
"""

from __future__ import annotations

from dataclasses import dataclass

from unify.linkage.drift import Met, drifted
from unify.linkage.model import Model
from unify.linkage.training import Counts, Trained, adjusted, expected_matches, tally, train
from unify.linkage.written import Fitted, fingerprint, level_rows, model_row, read_fitted, table_of
from unify.memory import add
from unify.tables import FittedLevel, FittedModel
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


def choose(
    workspace: Workspace,
    shipped: Model,
    wanted: Wanted,
    *,
    candidates: Counts,
    random: Counts,
    records: int,
) -> Chosen:
    """The kept model, if it holds for these counts of agreement patterns, or a new one."""
    met = Met(_tallied(shipped, candidates), _tallied(shipped, random))
    kept = _kept(workspace, shipped, wanted)
    why = _objection(kept, shipped, wanted, records, met)
    if kept and not why:
        model = adjusted(kept.model, kept.records, records)
        trained = Trained(model, expected_matches(model, candidates), ())
        return Chosen(trained, kept, met, True, why)
    trained = train(shipped, candidates, random, records=records)
    fitted = Fitted(trained.model, fingerprint(shipped), wanted.run_id, records, met)
    if wanted.keep:
        fitted = _keep(workspace, shipped, fitted)
    return Chosen(trained, fitted, met, False, why)


def _tallied(model: Model, patterns: Counts) -> tuple[dict[int, float], ...]:
    return tuple(tally(place, patterns) for place in range(len(model.comparisons)))


def _objection(kept: Fitted | None, shipped: Model, wanted: Wanted, records: int, met: Met) -> str:
    """Why the model that was published with does not do; empty where it does, or there is none."""
    if wanted.retrain:
        return "a new one was asked for"
    if kept is None:
        known = shipped.kind in dict(wanted.versions)
        return "the one that was published with is not in the workspace" if known else ""
    if kept.shipped != fingerprint(shipped):
        return "the model that it starts from has changed"
    return drifted(kept.model, kept.records, records, kept.met, met)


def _kept(workspace: Workspace, shipped: Model, wanted: Wanted) -> Fitted | None:
    version = dict(wanted.versions).get(shipped.kind)
    return _read(workspace, shipped, version) if version else None


def _read(workspace: Workspace, shipped: Model, version: str) -> Fitted | None:
    if not (workspace.holds(FittedModel) and workspace.holds(FittedLevel)):
        return None
    found = workspace.rows("kept_model", kind=shipped.kind, version=version)
    levels = workspace.rows("kept_level", kind=shipped.kind, version=version)
    return read_fitted(shipped.table, found[0], levels) if found else None


def _keep(workspace: Workspace, shipped: Model, fitted: Fitted) -> Fitted:
    """Keep a fitted model; one that was fitted alike before is the same model."""
    known = _read(workspace, shipped, fitted.version)
    if known:
        return known
    model = fitted.model
    levels = level_rows(fitted, model, fitted.met)
    add(workspace, FittedModel, table_of(FittedModel.columns, [model_row(fitted, model)]))
    add(workspace, FittedLevel, table_of(FittedLevel.columns, levels))
    return fitted
