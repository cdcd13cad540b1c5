"""`unify diff`: what differs between two generations."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import click

from unify.cli.options import HELP, GlobalOptions, common

if TYPE_CHECKING:
    from unify.diff import Difference

LISTED = 20


@click.command("diff", context_settings=HELP)
@click.argument("runs", metavar="[RUN [RUN]]", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout, with every row.")
@common
def command(given: GlobalOptions, runs: tuple[str, ...], as_json: bool) -> None:
    """What changed from one generation to the next.

    Without RUN, the candidate that the gate holds back is compared with what is published, or
    what is published with the generation before it. With one RUN, that run's generation with the
    one before it; with two, the first with the second.
    """
    from unify.diff import diff

    if len(runs) > 2:
        raise click.UsageError("name two runs at most")
    found = diff(given.generations(), runs)
    if as_json:
        told = {
            **dataclasses.asdict(found),
            "emptied": found.emptied,
            "consents_loosened": found.consents_loosened,
        }
        click.echo(json.dumps(told, ensure_ascii=False, default=str))
        return
    _say(found)


def _say(found: Difference) -> None:
    from unify.cli.terminal import table

    click.secho(f"From {found.before} to {found.now}", bold=True)
    for objection in found.gate:
        click.echo(f"The gate holds it back: {objection}")
    click.echo()
    table(("", "before", "now"), [(name, *both) for name, both in found.totals.items()])
    for source, told in found.rekeyed.items():
        if told["keyed"]:
            click.echo(
                f"\nSource '{source}': {told['strangers']} of {told['keys']} keys hold other people"
                f" than they did, {told['moved']} records stand under another key. Customer ids"
                " follow the people; so does what stewards said."
            )
    if found.consents_loosened:
        click.echo(f"\n{len(found.consents_loosened)} customers had refused, and now do not:")
        click.echo("  " + ", ".join(found.consents_loosened[:LISTED]))
    _say_moved(found)
    _say_changed(found)


def _say_moved(found: Difference) -> None:
    from unify.cli.terminal import table

    for title, rows, other in (
        (f"{len(found.come)} customers are new", found.come, "most records from"),
        (f"{len(found.gone)} customers are no more", found.gone, "most records to"),
    ):
        if rows:
            click.echo()
            shown = [(r["customer_id"], r["records"], r["other_customer_id"]) for r in rows]
            table(("customer", "records", other), shown[:LISTED], title=_first(title, rows))


def _say_changed(found: Difference) -> None:
    from unify.cli.terminal import table

    if not found.changed:
        return
    click.echo()
    counted = [(name, count, found.emptied[name] or "") for name, count in found.fields.items()]
    table(("field", "customers", "of them empty now"), counted, title="Values that are others")
    click.echo()
    rows = [(r["customer_id"], r["field"], r["before"], r["now"]) for r in found.changed]
    table(("customer", "field", "before", "now"), rows[:LISTED], title=_first("Which", rows))


def _first(title: str, rows: object) -> str:
    return f"{title}; the first {LISTED}:" if len(rows) > LISTED else f"{title}:"  # type: ignore[arg-type]
