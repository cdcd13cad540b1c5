"""`unify check`: how each source would be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from unify.cli.options import HELP, GlobalOptions, common

if TYPE_CHECKING:
    from unify.check import CheckedColumn, CheckedSource


@click.command("check", context_settings=HELP)
@common
@click.pass_context
def command(ctx: click.Context, given: GlobalOptions) -> None:
    """Read a sample of each source and show its mapping and its problems. Nothing is changed."""
    from unify.check import check

    failed = None
    for source in check(given.plan()):
        _say(source)
        failed = failed or source.failed
    if failed:
        ctx.exit(failed.exit_code)


def _say(source: CheckedSource) -> None:
    from unify.cli.terminal import table

    title = f"{source.name} ({source.connector}, {source.rows} rows looked at)"
    if source.failed:
        click.secho(title, bold=True)
        click.echo(f"  Error: {source.failed}\n", err=True)
        return
    table(
        ("column", "field", "told by", "sure", "filled", "values"),
        [
            _row(column)
            for column in source.columns
            if column.mapping or column.use or column.filled
        ],
        title,
    )
    for line in source.set_aside:
        click.echo(f"  set aside: {line}")
    for column in source.columns:
        if column.question:
            click.echo(f"  doubtful: {column.name}: {column.question}")
    for line in source.problems:
        click.echo(f"  problem: {line}")
    click.echo()


def _row(column: CheckedColumn) -> tuple[str, ...]:
    mapping = column.mapping
    field = f"{mapping.field} ({mapping.label})" if mapping and mapping.label else ""
    told = field or (mapping.field if mapping else "")
    return (
        column.name,
        ", ".join(filter(None, [told, column.use])) or "-",
        mapping.told_by if mapping else "",
        "" if column.sure is None else f"{column.sure:.2f}",
        f"{column.filled:.0%}",
        " | ".join(value[:30] for value in column.values),
    )
