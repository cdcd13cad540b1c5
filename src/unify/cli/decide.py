"""`unify decide`: whether two records or customers are one."""

from __future__ import annotations

import click

from unify.cli.options import HELP, GlobalOptions, common


@click.command("decide", context_settings=HELP)
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
@click.option("--same", is_flag=True, help="They are one customer.")
@click.option("--different", is_flag=True, help="They are two.")
@click.option("--by", required=True, metavar="NAME", help="Who decides.")
@click.option("--reason", required=True, metavar="TEXT", help="Why, for those who come after.")
@common
def command(
    given: GlobalOptions, left: str, right: str, same: bool, different: bool, by: str, reason: str
) -> None:
    """Say whether A and B are the same customer, from the next `unify match` on.

    A and B are records (`crm:1042`), or customers by any id that they ever had. What is different
    is never joined, not even through a third record. A later word on two records stands.

    \b
    Examples:
      unify decide crm:1042 erp:77 --same --by anna --reason "called them"
      unify decide C-7Q2M4K9XAB C-02QFN9D8VN --different --by anna --reason "father and son"
    """
    from unify.clock import instant, system_clock
    from unify.decide import decide
    from unify.decisions import Judgement, Speaker
    from unify.ledger import FILE

    if same == different:
        raise click.UsageError("say --same or --different")
    decided = decide(
        given.generations(), given.folder() / FILE, (left, right),
        Judgement.SAME if same else Judgement.DIFFERENT,
        Speaker(by, reason, instant(system_clock())),
    )  # fmt: skip
    what = "are one customer" if same else "are held apart"
    click.echo(
        f"{left} and {right} {what} from the next `unify match` on."
        f" Pairs of records that this says: {len(decided)}."
    )
