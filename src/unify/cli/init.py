"""`unify init`: finds contacts and writes a configuration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from unify.cli.options import HELP, GlobalOptions, common

if TYPE_CHECKING:
    from unify.init.explore import Explored
    from unify.init.likeness import Candidate

SHOWN = 3


@click.command("init", context_settings=HELP)
@click.argument("places", metavar="[PATH or URL]...", nargs=-1)
@click.option("--force", is_flag=True, help="Write over a configuration that is there.")
@common
def command(given: GlobalOptions, places: tuple[str, ...], force: bool) -> None:
    """Look through files, folders and databases, find contacts, and write a commented unify.toml.

    Without a place, the folder of the configuration is looked through. Nothing is changed but the
    configuration, which is never written over without --force.

    \b
    Examples:
      unify init
      unify init ~/exports rubrica.xlsx
      unify init postgresql://user:password@host/database
    """
    from unify.cli.terminal import progress
    from unify.clock import system_clock
    from unify.init.explore import explore
    from unify.init.toml import written
    from unify.init.write import target_of, write

    file = target_of(given.config, Path(), force=force)
    today = system_clock().date()
    found = explore(places or (str(file.parent),), file.parent, today, progress(given.quiet))
    _say_sources(found)
    _say_left_out(found)
    write(file, written(found), found)
    _say_next(found, file)


def _say_sources(found: Explored) -> None:
    from unify.cli.terminal import table

    if found.sources:
        table(
            ("source", "what", "rows", "columns", "mapped", "doubtful", "key", "last change"),
            [_row(one) for one in found.sources if not one.same_as],
        )
        click.echo()
    for one in found.sources:
        if one.prospect.warning:
            click.echo(f"look at: {_line(one.place)}: {_line(one.prospect.warning)}")
        if one.same_as:
            click.echo(f"left out: {_line(one.place)}: {_line(one.remark)}")


def _row(one: Candidate) -> tuple[object, ...]:
    prospect = one.prospect
    return (
        one.name,
        _line(f"{one.path}: {prospect.what}"),
        prospect.rows if prospect.whole else f"first {prospect.rows}",
        len(prospect.columns),
        len(prospect.mapped),
        len(prospect.doubtful) or "",
        ", ".join(prospect.key.columns) if prospect.key else prospect.native_key or "none",
        ", ".join(prospect.updated.columns) if prospect.updated else "",
    )


def _say_left_out(found: Explored) -> None:
    from unify.init.toml import grouped

    for why, paths in grouped(found.left_out):
        shown = ", ".join(_line(path) for path in paths[:SHOWN])
        more = f" and {len(paths) - SHOWN} more" if len(paths) > SHOWN else ""
        click.echo(f"no contacts: {shown}{more}: {_line(why)}")


def _say_next(found: Explored, file: Path) -> None:
    asked = sum(len(one.prospect.doubtful) for one in found.sources if not one.same_as)
    click.echo()
    click.echo(f"Written: {file}" + (f", with {asked} columns to look at (`# ?`)" if asked else ""))
    for secret in found.secrets:
        click.echo(f"Set {secret.variable} in the environment to the URL of {secret.shown} first.")
    click.echo(
        "Next: `unify check` shows how each source is read, `unify match` does the whole run."
    )


def _line(text: str) -> str:
    from unify.init.toml import one_line

    return one_line(text)
