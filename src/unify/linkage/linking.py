"""The records of one kind, linked: all pairs compared, or, of those that a run before compared,
only what came of records that changed.

A pair's weight follows from its two records and the fitted model, and whether it is compared from
the blocks that the two share. So pairs of records that are as they were, in blocks that are open
as they were, are taken over as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

from unify.linkage.again import Last, find_again
from unify.linkage.blocking import BlockingCost, Limits, block, block_again
from unify.linkage.comparing import compare
from unify.linkage.drift import Met, drifted
from unify.linkage.fitting import (
    Chosen,
    Sample,
    Wanted,
    fit,
    keep,
    standing,
    take_over,
    tallied,
)
from unify.linkage.model import Model
from unify.linkage.scoring import patterns, score
from unify.linkage.training import Counts, Trained, expected_matches, start
from unify.linkage.written import Fitted, fingerprint
from unify.tables import BlockingCount
from unify.workspace import Workspace

# Pairs drawn at random, for u.
RANDOM_PAIRS = 300_000
# A block of so few records costs next to nothing; one of so many joins strangers.
SMALL_BLOCK, LARGEST_BLOCK = 10, 400
# Between the two, a rule may find so many pairs for each record, and no more than so many.
PAIRS_A_RECORD = 3
PAIRS_A_RULE = 150_000
# More pairs than this, over all rules, teach a model nothing further.
TRAINING_PAIRS = 600_000


@dataclass(frozen=True, slots=True)
class Linked:
    """The model that the records of a kind were compared by, and what its blocks cost.

    The pairs that were scored stand in the table that `pairs_of` names.
    """

    trained: Trained
    chosen: Chosen | None
    """Where the model comes from; nothing where there were no two records to compare."""
    costs: tuple[BlockingCost, ...]


def pairs_of(model: Model) -> str:
    """The table of a kind's scored pairs: places, levels that were met, weight."""
    return f"{model.kind}_pair"


def before(table: str) -> str:
    """The name under which the records are at hand that the last run compared."""
    return f"last_{table}"


def link(
    workspace: Workspace, shipped: Model, wanted: Wanted, last: Last | None, records: int
) -> Linked:
    """Choose a model for the records of one kind, and score their pairs by it.

    `last`: what the last run compared, if its records and pairs are at hand.
    """
    if records < 2:
        workspace.drop(pairs_of(shipped))
        return Linked(Trained(start(shipped, records), 0.0, ()), None, ())
    kept, why = standing(workspace, shipped, wanted, records)
    if kept is not None:
        linked, why = _by_kept(workspace, kept, last, records)
        if linked:
            return linked
    return _by_new(workspace, shipped, wanted, records, why)


def _by_kept(
    workspace: Workspace, kept: Fitted, last: Last | None, records: int
) -> tuple[Linked | None, str]:
    """The records as linked by a kept model, or why it holds no more."""
    model, pairs = kept.model, pairs_of(kept.model)
    take_over(workspace, kept)
    _draw(workspace, model, records)
    costs = None
    if last and last.version == kept.version:
        costs = find_again(workspace, model, before(model.table), last.costs, records)
    again = costs is not None
    if costs is None:
        costs = block_again(workspace, model)
    _compare(workspace, model)
    _score(workspace, model, again=again)
    counted = patterns(workspace, model, pairs)
    random = patterns(workspace, model, "compared_level", "drawn")
    workspace.drop("compared_level")
    met = Met(tallied(model, counted), tallied(model, random))
    why = drifted(model, kept.records, records, kept.met, met)
    if why:
        return None, why
    trained = Trained(model, expected_matches(model, counted), ())
    _note(workspace, model, costs)
    return Linked(trained, Chosen(trained, kept, met, True, ""), costs), ""


def _by_new(workspace: Workspace, shipped: Model, wanted: Wanted, records: int, why: str) -> Linked:
    """The records as linked by a model that is fitted to them."""
    first = start(shipped, records)
    _draw(workspace, first, records)
    widest = PAIRS_A_RECORD * records
    candidates = block(
        workspace,
        first,
        Limits(
            SMALL_BLOCK, LARGEST_BLOCK, min(widest, PAIRS_A_RULE), widest, training=TRAINING_PAIRS
        ),
    )
    _compare(workspace, first)
    random = patterns(workspace, first, "compared_level", "drawn")
    trained, counted = fit(
        workspace,
        shipped,
        Sample(
            patterns(workspace, first, "compared_level", "for_training", candidates.stands_for),
            random,
            records,
            candidates.opened_to,
        ),
    )
    model = trained.model
    _score(workspace, model)
    workspace.drop("compared_level")
    met = _met(model, patterns(workspace, model, pairs_of(model)), random)
    fitted = Fitted(model, fingerprint(shipped), wanted.run_id, records, met, counted)
    if wanted.keep:
        fitted = keep(workspace, shipped, fitted)
    _note(workspace, model, candidates.costs)
    return Linked(trained, Chosen(trained, fitted, met, False, why), candidates.costs)


def _met(model: Model, candidates: Counts, random: Counts) -> Met:
    return Met(tallied(model, candidates), tallied(model, random))


def _draw(workspace: Workspace, model: Model, records: int) -> None:
    """Make `random_pair`: pairs that are most likely none."""
    partners = max(1, min(records // 2, RANDOM_PAIRS // records))
    workspace.sketch_from("random_pair", records=model.table, partners=partners, most=RANDOM_PAIRS)


def _compare(workspace: Workspace, model: Model) -> None:
    """Make `compared_level`: candidate pairs and pairs drawn at random, by the levels they meet."""
    # To read the records once is half the cost of comparing few pairs.
    workspace.sketch("pair", "from candidate_pair union all by name from random_pair")
    compare(workspace, model, "pair", "compared_level")
    workspace.drop("pair", "candidate_pair", "random_pair")


def _score(workspace: Workspace, model: Model, *, again: bool = False) -> None:
    """Score what was compared; `again`: beside the pairs that stand as they were scored."""
    pairs = pairs_of(model)
    score(workspace, model, "compared_level", "scored")
    if again:
        workspace.compose("pair_again", workspace.text_of("pair_again"), pairs=pairs)
        workspace.rename("pair_again", pairs)
        workspace.drop("still_there")
    else:
        workspace.compose(pairs, "select * from scored")
    workspace.drop("scored")


def _note(workspace: Workspace, model: Model, costs: tuple[BlockingCost, ...]) -> None:
    """Remember what each rule cost, for a run that goes on from here."""
    for cost in costs:
        workspace.append(
            BlockingCount,
            "select $kind as kind, $rule as rule, $pairs as pairs, $left_out as left_out",
            kind=model.kind,
            rule=cost.rule,
            pairs=cost.pairs,
            left_out=cost.records_left_out,
        )
