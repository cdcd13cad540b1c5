"""`unify set`: a value that outlives runs."""

from __future__ import annotations

import click

from unify.cli.options import HELP, GlobalOptions, common


@click.command("set", context_settings=HELP)
@click.argument("customer")
@click.argument("field")
@click.argument("value")
@click.option("--by", required=True, metavar="NAME", help="Who sets it.")
@click.option("--reason", required=True, metavar="TEXT", help="Why, for those who come after.")
@common
def command(
    given: GlobalOptions, customer: str, field: str, value: str, by: str, reason: str
) -> None:
    """Set FIELD of CUSTOMER to VALUE, from the next `unify match` on.

    CUSTOMER is any id that it ever had, or a record id (`crm:1042`). FIELD is a standard field or
    one of your own; of `emails` and `phones`, VALUE becomes the first. An empty VALUE ("") takes
    the value away. It holds for the records that the customer has now.

    \b
    Examples:
      unify set crm:1042 kind person --by anna --reason "a sole trader"
      unify set C-7Q2M4K9XAB birth_date 12/05/1980 --by anna --reason "asked her"
      unify set C-7Q2M4K9XAB website "" --by anna --reason "the site is gone"
    """
    from unify.clock import instant, system_clock
    from unify.decisions import Speaker
    from unify.ledger import FILE
    from unify.override import override
    from unify.plan import own_fields

    configuration = given.configuration()
    said = override(
        given.generations(), given.folder() / FILE, customer,
        field, value, Speaker(by, reason, instant(system_clock())),
        own=own_fields(configuration), country=configuration.project.country,
    )  # fmt: skip
    value = said.value or "nothing"
    click.echo(
        f"{said.customer_id}: {said.field} is {value} from the next `unify match` on."
        f" Records that it holds for: {len(said.records)}."
    )
