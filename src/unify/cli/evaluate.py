"""`unify evaluate`: the published customers against a truth."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from unify.cli.options import HELP, GlobalOptions, common

if TYPE_CHECKING:
    from unify.evaluate import Evaluation
    from unify.scores import Score, Scores

SCORES = ("precision", "recall", "F1")


@click.command("evaluate", context_settings=HELP)
@click.argument("truth", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@common
def command(given: GlobalOptions, truth: Path, as_json: bool) -> None:
    """How right the published customers are, against TRUTH: a CSV of source, source_key, entity."""
    from unify.evaluate import evaluate

    found = evaluate(given.generations(), truth)
    if as_json:
        click.echo(json.dumps(_result(found), ensure_ascii=False))
        return
    _say_scores(found)
    _say_probabilities(found)
    _say_errors(found)


def _say_scores(found: Evaluation) -> None:
    from unify.cli.terminal import table

    click.echo(
        f"{found.overall.records} records of the truth, {found.not_published} of them not published"
    )
    within = {f"within {name}": scores for name, scores in found.by_source.items()}
    within |= {f"kind {name}": scores for name, scores in found.by_kind.items()}
    table(
        ("among", "records", *SCORES, *(f"B-cubed {name}" for name in SCORES)),
        [
            (name, one.records, *_cells(one.pairwise), *_cells(one.bcubed))
            for name, one in {"all": found.overall, **within}.items()
        ],
    )
    mixed = found.largest_mixture
    if mixed:
        click.echo(
            f"The largest customer that is not one: {mixed.customer},"
            f" {mixed.records} records of {mixed.entities} entities."
        )


def _say_probabilities(found: Evaluation) -> None:
    from unify.cli.terminal import table

    click.echo()
    table(
        ("auto_merge", "pairs", "precision", "recall"),
        [(t.threshold, t.pairs, *_rounded(t.precision, t.recall)) for t in found.thresholds],
        title="If the scored pairs were merged from",
    )
    click.echo()
    table(
        ("from", "pairs", "predicted", "observed"),
        [(b.least, b.pairs, *_rounded(b.predicted, b.observed)) for b in found.reliability],
        title="Match probability and the share that was true",
    )


def _say_errors(found: Evaluation) -> None:
    from unify.cli.terminal import table

    if found.false_merges:
        click.echo()
        table(
            ("record", "record", "customer", "probability"),
            map(dataclasses.astuple, found.false_merges),
            title="Worst false merges",
        )
    if found.misses:
        click.echo()
        table(("misses", "pairs"), found.misses_by_reason.items(), title="Pairs that were missed")
        click.echo()
        table(
            ("record", "record", "customer", "customer", "probability", "reason"),
            map(dataclasses.astuple, found.misses),
            title="Worst misses",
        )


def _cells(score: Score) -> list[str]:
    return _rounded(score.precision, score.recall, score.f1)


def _rounded(*values: float | None) -> list[str]:
    return ["" if value is None else f"{value:.4f}" for value in values]


def _result(found: Evaluation) -> dict[str, Any]:
    return {
        "not_published": found.not_published,
        **_scores(found.overall),
        "by_source": {name: _scores(one) for name, one in found.by_source.items()},
        "by_kind": {name: _scores(one) for name, one in found.by_kind.items()},
        "largest_mixture": found.largest_mixture and dataclasses.asdict(found.largest_mixture),
        "thresholds": _dicts(found.thresholds),
        "reliability": _dicts(found.reliability),
        "false_merges": _dicts(found.false_merges),
        "misses": _dicts(found.misses),
        "misses_by_reason": dict(found.misses_by_reason),
    }


def _scores(scores: Scores) -> dict[str, Any]:
    def score(one: Score) -> dict[str, float]:
        return {"precision": one.precision, "recall": one.recall, "f1": one.f1}

    return {
        "records": scores.records,
        "pairwise": score(scores.pairwise),
        "bcubed": score(scores.bcubed),
    }


def _dicts(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [dataclasses.asdict(row) for row in rows]
