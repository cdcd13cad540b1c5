"""`unify forget`: an erasure that sticks."""

from __future__ import annotations

import dataclasses
import json
import sys
from typing import TYPE_CHECKING

import click

from unify.cli.options import HELP, GlobalOptions, common

if TYPE_CHECKING:
    from unify.forget import Forgotten
    from unify.plan import Plan

UNSAID = "not said"


@click.command("forget", context_settings=HELP)
@click.argument("customer", metavar="CUSTOMER|RECORD")
@click.option("--by", default=UNSAID, metavar="NAME", help="Who asks for it.")
@click.option(
    "--reason", default=UNSAID, metavar="TEXT", help="Why; kept, so without personal data."
)
@click.option("--yes", is_flag=True, help="Do not ask whether it is meant.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@common
@click.pass_context
def command(
    ctx: click.Context,
    given: GlobalOptions,
    customer: str,
    by: str,
    reason: str,
    yes: bool,
    as_json: bool,
) -> None:
    """Remove a person from all that the project keeps, and never take it in again.

    CUSTOMER is any id that the customer ever had; a record (`crm:1042`) means its customer, with
    all its records. The rows in the sources themselves are yours to remove: they are listed. As
    long as they stand there, `match` sets them aside without their content.

    \b
    Examples:
      unify forget C-7Q2M4K9XAB --by anna --reason "request 2026/17"
      unify forget crm:1042 --yes
    """
    from unify.clock import instant, system_clock
    from unify.decisions import Speaker
    from unify.forget import forget

    plan = given.plan()
    if not yes and sys.stdin.isatty() and not _meant(plan, customer):
        click.echo("Nothing was done.", err=True)
        ctx.exit(1)
    done = forget(plan, customer, Speaker(by, reason, instant(system_clock())))
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(done), ensure_ascii=False))
    else:
        _tell(done)


def _meant(plan: Plan, customer: str) -> bool:
    """Ask whether it is meant, with all that would go."""
    from unify.forget import seek

    person = seek(plan, customer)
    click.echo(f"{person.customers[0]} has {len(person.records)} records:", err=True)
    for record in person.records:
        click.echo(f"  {record}", err=True)
    return click.confirm("Forget this person for good? It cannot be undone", err=True)


def _tell(done: Forgotten) -> None:
    """Say what was done, and what is left for others to do."""
    from unify.cli.terminal import table

    click.echo(f"{done.customers[0]} is forgotten, with its {done.records} records.")
    for what in done.done:
        click.echo(f"  {what}")
    if done.remaining:
        click.echo()
        table(
            ("source", "key", "where it stood"),
            [(row.source, row.source_key, row.location) for row in done.remaining],
            title="Still to be removed, where they are kept:",
        )
    click.echo("\nFiles that you exported, and backups, are yours to clean.")
