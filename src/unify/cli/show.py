"""`unify show`: a golden customer."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping

import click

from unify.cli.options import HELP, GlobalOptions, common


@click.command("show", context_settings=HELP)
@click.argument("customer")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@common
def command(given: GlobalOptions, customer: str, as_json: bool) -> None:
    """A golden customer, by any id it ever had or by a record id (`crm:1042`)."""
    from unify.cli.terminal import table
    from unify.ledger import FILE
    from unify.show import show

    shown = show(given.generations(), given.folder() / FILE, customer)
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(shown), ensure_ascii=False, default=str))
        return
    golden = shown.golden
    click.secho(f"{shown.customer_id}  {golden['full_name'] or ''}  ({golden['kind']})", bold=True)
    click.echo(
        f"{golden['records']} records, confidence {golden['confidence']},"
        f" first seen {golden['first_seen']}, updated {golden['updated'] or 'unknown'}\n"
    )
    table(
        ("field", "value", "from", "rule", "as of"),
        [(v["field"], v["value"], _origin(v), v["rule"], v["as_of"]) for v in shown.lineage],
    )
    click.echo()
    table(
        ("record", "joined by", "strongest link"),
        [(r["record_id"], r["joined_by"], r["match_probability"]) for r in shown.records],
    )
    if shown.relations:
        click.echo()
        table(
            ("relation", "of", "to", "detail"),
            [(r["relation"], r["name"], r["other_name"], r["detail"]) for r in shown.relations],
        )
    if shown.overrides:
        click.echo()
        table(
            ("set", "to", "by", "reason", "at"),
            [(o.field, o.value, o.steward, o.reason, o.at) for o in shown.overrides],
        )
    click.echo()
    table(
        ("event", "customer", "other", "at", "run"),
        [
            (e["event"], e["customer_id"], e["other_customer_id"], e["at"], e["run_id"])
            for e in shown.events
        ],
    )


def _origin(value: Mapping[str, str | None]) -> str:
    """The record that a golden value is from; what a steward set is from none."""
    return "a steward" if value["source"] is None else f"{value['source']}:{value['source_key']}"
