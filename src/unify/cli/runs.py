"""`unify runs`: the history of runs."""

from __future__ import annotations

import dataclasses
import json

import click

from unify.cli.options import HELP, GlobalOptions, common
from unify.errors import ConfigError


@click.command("runs", context_settings=HELP)
@click.argument("run_id", required=False)
@click.option("--json", "as_json", is_flag=True, help="JSON on stdout.")
@common
def command(given: GlobalOptions, run_id: str | None, as_json: bool) -> None:
    """Every run and how it ended; with RUN_ID, all that is known of one."""
    from unify.cli.terminal import table
    from unify.history import history

    runs = history(given.folder())
    if run_id:
        known = [run for run in runs if run.run_id == run_id]
        if not known:
            raise ConfigError("no such run", where=run_id, remedy="`unify runs` lists them.")
        click.echo(_whole(known[0]))
        return
    if as_json:
        click.echo(json.dumps([json.loads(_whole(run)) for run in runs], ensure_ascii=False))
        return
    rows = []
    for run in runs:
        summary = json.loads(run.summary)
        rows.append(
            (run.run_id, run.started_at, run.ended_at, run.status, run.exit_code,
             summary.get("records"), summary.get("customers"))
        )  # fmt: skip
    table(("run", "started", "ended", "status", "exit", "records", "customers"), rows)


def _whole(run: object) -> str:
    fields = dataclasses.asdict(run)  # type: ignore[call-overload]
    fields["summary"] = json.loads(fields["summary"])
    return json.dumps(fields, indent=2, ensure_ascii=False)
