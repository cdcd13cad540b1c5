"""`unify export`: golden customers for other programs and people."""

from __future__ import annotations

import click

from unify.cli.options import HELP, GlobalOptions, common


@click.command("export", context_settings=HELP)
@click.option(
    "--to",
    required=True,
    metavar="TARGET",
    help="A file (.xlsx, .csv, .parquet, .vcf, outlook.csv) or a database's URL.",
)
@click.option("--table", metavar="NAME", help="The table, for a database.")
@click.option(
    "--language", metavar="CODE", help="Of Outlook's columns; else the configuration's language."
)
@click.option(
    "--write-back",
    "source",
    metavar="SOURCE",
    help="What SOURCE's owner needs to clean it: its keys by customer, and what differs.",
)
@click.option("--force", is_flag=True, help="Write over a file or table that is there.")
@common
def command(
    given: GlobalOptions,
    to: str,
    table: str | None,
    language: str | None,
    source: str | None,
    force: bool,
) -> None:
    """Write the published golden customers to a file, or to a table of a database.

    A table is made at first; later, its rows are inserted, updated and deleted in one transaction,
    by customer_id. ${NAME} in a URL is taken from the environment.

    \b
    Examples:
      unify export --to customers.xlsx
      unify export --to customers.vcf
      unify export --to outlook.csv --language de
      unify export --to crm-clean-up.xlsx --write-back crm
      unify export --to 'postgresql://unify:${PASSWORD}@db/crm' --table customers
    """

    from unify.config import secrets_filled
    from unify.export import export, write_back

    if source is not None:
        if table or language:
            raise click.UsageError("--write-back takes neither --table nor --language.")
        done = write_back(given.generations(), to, source=source, force=force)
        click.echo(f"{done.rows} records of {source} are in {done.where}.")
        return
    settings = given.configuration()
    done = export(
        given.generations(),
        secrets_filled(to, where="--to") if "://" in to else to,
        table=table,
        language=language or settings.project.language,
        force=force,
    )
    click.echo(f"{done.rows} customers are in {done.where}.")
