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

    CUSTOMER is any id that it ever had, or a record id (`crm:1042`). FIELD is `kind`, VALUE
    `person` or `organization`. It holds for the records that the customer has now.
    """
    from unify.clock import instant, system_clock
    from unify.ledger import FILE
    from unify.override import override

    said = override(
        given.generations(), given.folder() / FILE, customer,
        field=field, value=value, steward=by, reason=reason, at=instant(system_clock()),
    )  # fmt: skip
    click.echo(
        f"{said.customer_id}: {said.field} is {said.value} from the next `unify match` on."
        f" Records that it holds for: {len(said.records)}."
    )
