"""`unify undo`: back to the generation before."""

from __future__ import annotations

import json

import click

from unify.cli.options import HELP, GlobalOptions, common


@click.command("undo", context_settings=HELP)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@common
def command(given: GlobalOptions, as_json: bool) -> None:
    """Publish the generation before the published one again.

    The ids, merges and splits of the run that is undone stay told in `events`. The next `unify
    match` stops at the gate until it is accepted, or until sources, decisions or settings differ.
    """
    from unify.undo import undo

    done = undo(given.plan())
    if as_json:
        click.echo(json.dumps(done, ensure_ascii=False))
        return
    undone = done["undone"][-1]["run_id"]
    click.echo(
        f"{undone} is undone: {done['customers']} customers are published again,"
        f" as {done['run_id']}."
    )
