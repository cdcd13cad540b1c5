"""`unify split`: records that leave their customer."""

from __future__ import annotations

import click

from unify.cli.options import HELP, GlobalOptions, common


@click.command("split", context_settings=HELP)
@click.argument("records", metavar="RECORD...", nargs=-1, required=True)
@click.option("--by", required=True, metavar="NAME", help="Who decides.")
@click.option("--reason", required=True, metavar="TEXT", help="Why, for those who come after.")
@common
def command(given: GlobalOptions, records: tuple[str, ...], by: str, reason: str) -> None:
    """Take RECORDs (`crm:1042`) out of their customer, from the next `unify match` on.

    They are held apart from all records of the customer that are not named; among themselves they
    stay together as far as their evidence goes.

    \b
    Example:
      unify split crm:1042 erp:77 --by anna --reason "the son, not the father"
    """
    from unify.clock import instant, system_clock
    from unify.decide import split
    from unify.decisions import Speaker
    from unify.ledger import FILE

    speaker = Speaker(by, reason, instant(system_clock()))
    decided = split(given.generations(), given.folder() / FILE, records, speaker)
    left = len({one for d in decided for one in (d.left_record, d.right_record)} - set(records))
    click.echo(
        f"{', '.join(records)}: held apart from {left} other records from the next"
        " `unify match` on."
    )
