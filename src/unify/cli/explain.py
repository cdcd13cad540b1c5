"""`unify explain`: why two records or customers are, or are not, together."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from unify.cli.options import HELP, GlobalOptions, common

if TYPE_CHECKING:
    from unify.explain import Explanation
    from unify.linkage.strongest import Step

Cells = tuple[str, str, str, str, str]


@click.command("explain", context_settings=HELP)
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@common
def command(given: GlobalOptions, left: str, right: str, as_json: bool) -> None:
    """Why A and B are, or are not, together: the weights by comparison, in words.

    A and B are record ids (`crm:1042`), or customers by any id that they ever had; of customers,
    the two records that speak most for one are compared. Weights are powers of two.

    \b
    Examples:
      unify explain crm:1042 outlook:17
      unify explain C-7Q2M4K9XAB C-02QFN9D8VN
    """
    from unify.explain import explain
    from unify.ledger import FILE

    found = explain(given.generations(), given.folder() / FILE, left, right)
    if as_json:
        click.echo(json.dumps(_result(found), ensure_ascii=False))
        return
    click.secho(found.said, bold=True)
    for sentence in found.details:
        click.echo(sentence)
    if found.lines:
        _say_weights(found)
    _say_links(found)


def _say_weights(found: Explanation) -> None:
    from unify.cli.terminal import table

    click.echo()
    table(("compared", "found", found.left, found.right, "weight"), _rows(found))


def _rows(found: Explanation) -> Iterator[Cells]:
    from unify.verdict import weight_of
    from unify.wording import wording

    words = wording()

    def row(name: str, weight: float | None) -> Cells:
        return words.text("rows", name), "", "", "", _signed(weight)

    for line in found.lines:
        yield line.compared, line.found, line.left, line.right, _signed(line.weight)
    yield row("prior", found.prior)
    yield row("total", found.evidence)
    if found.cap:
        yield row(found.cap, found.match_weight)
    yield (*row("probability", None)[:4], f"{found.match_probability:.6f}")
    yield row("threshold", weight_of(found.auto_merge))


def _say_links(found: Explanation) -> None:
    from unify.cli.terminal import table

    if found.path:
        click.echo()
        table(
            ("record", "record", "weight"),
            [(step.left, step.right, _held_by(step)) for step in found.path],
            title="The strongest way from one to the other",
        )
    if len(found.pairs) > 1:
        click.echo()
        table(
            ("record", "record", "weight", "probability"),
            [
                (
                    p["record_id_l"],
                    p["record_id_r"],
                    _signed(p["match_weight"]),
                    p["match_probability"],
                )
                for p in found.pairs
            ],
            title="Pairs of their customers that were scored",
        )


def _signed(weight: float | None) -> str:
    if weight is None:
        return ""
    return "nothing is enough" if weight == float("inf") else f"{weight:+.1f}"


def _held_by(step: Step) -> str:
    """What makes a step of the way: its weight, or a steward."""
    return "a steward" if step.weight == float("inf") else _signed(step.weight)


def _result(found: Explanation) -> dict[str, Any]:
    path = [
        {
            "left": step.left,
            "right": step.right,
            "weight": None if step.weight == float("inf") else step.weight,
        }
        for step in found.path
    ]
    return {**dataclasses.asdict(found), "path": path}
