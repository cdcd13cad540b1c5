"""`unify connectors`: what is installed."""

from __future__ import annotations

import dataclasses
import inspect

import click

from unify.cli.options import HELP, GlobalOptions, common


@click.command("connectors", context_settings=HELP)
@common
def command(given: GlobalOptions) -> None:  # noqa: ARG001
    """The kinds of sources that can be read, with the settings of each."""
    from unify.connector import installed, load

    for name in installed():
        kind = load(name, where="unify connectors")
        click.secho(name, bold=True)
        for line in (inspect.getdoc(kind) or "").splitlines():
            click.echo(f"  {line}".rstrip())
        for field in dataclasses.fields(kind):  # type: ignore[arg-type]
            needed = field.default is dataclasses.MISSING
            needed = needed and field.default_factory is dataclasses.MISSING
            click.echo(f"    {field.name}: {field.type}{'' if needed else f' = {field.default!r}'}")
        click.echo()
