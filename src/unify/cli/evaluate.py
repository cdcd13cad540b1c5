"""`unify evaluate`: the published customers against a truth."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from unify.cli.options import HELP, GlobalOptions, common

if TYPE_CHECKING:
    from unify.evaluate import Evaluation, Score


@click.command("evaluate", context_settings=HELP)
@click.argument("truth", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@common
def command(given: GlobalOptions, truth: Path, as_json: bool) -> None:
    """Precision, recall and F1 against TRUTH, a CSV of source, source_key, entity."""
    from unify.evaluate import evaluate

    found = evaluate(given.generations(), truth)
    if as_json:
        click.echo(json.dumps(_result(found), ensure_ascii=False))
        return
    _say(found)


def _say(found: Evaluation) -> None:
    from unify.cli.terminal import table

    click.echo(f"{found.records} records of the truth, {found.not_published} of them not published")
    rows = [("pairwise", *_cells(found.pairwise))]
    rows.append(
        (
            "B-cubed",
            f"{found.bcubed_precision:.4f}",
            f"{found.bcubed_recall:.4f}",
            f"{found.bcubed_f1:.4f}",
        )
    )
    rows += [(f"within {name}", *_cells(score)) for name, score in found.by_source.items()]
    rows += [(f"kind {name}", *_cells(score)) for name, score in found.by_kind.items()]
    table(("measure", "precision", "recall", "F1"), rows)


def _cells(score: Score) -> tuple[str, str, str]:
    return f"{score.precision:.4f}", f"{score.recall:.4f}", f"{score.f1:.4f}"


def _result(found: Evaluation) -> dict[str, Any]:
    def score(one: Score) -> dict[str, float]:
        return {"precision": one.precision, "recall": one.recall, "f1": one.f1}

    return {
        "records": found.records,
        "not_published": found.not_published,
        "pairwise": score(found.pairwise),
        "bcubed": {
            "precision": found.bcubed_precision,
            "recall": found.bcubed_recall,
            "f1": found.bcubed_f1,
        },
        "by_source": {name: score(one) for name, one in found.by_source.items()},
        "by_kind": {name: score(one) for name, one in found.by_kind.items()},
    }
