"""`unify report`: the report of the published generation again."""

from __future__ import annotations

from pathlib import Path

import click

from unify.cli.options import HELP, GlobalOptions, common


@click.command("report", context_settings=HELP)
@click.argument("file", default="report.html", type=click.Path(path_type=Path))
@click.option("--language", type=click.Choice(["en", "it"]), help="Else the configuration's.")
@click.option(
    "--no-personal-data", is_flag=True, help="Leave out names, ids and contents of records."
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@common
def command(
    given: GlobalOptions, file: Path, language: str | None, no_personal_data: bool, force: bool
) -> None:
    """Write the report of what is published to FILE (report.html): one page, no network needed.

    \b
    Examples:
      unify report
      unify report for-the-board.html --no-personal-data
    """
    from unify.history import history
    from unify.report import write

    settings = given.configuration()
    write(
        given.generations(),
        file,
        past=history(given.folder()),
        language=language or settings.project.language,
        personal=not no_personal_data,
        force=force,
    )
    click.echo(f"The report is {file}.")
