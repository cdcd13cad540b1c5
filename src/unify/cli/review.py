"""`unify review`: worksheets out to stewards, their decisions back in, and how far it has come."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from unify.cli.options import HELP, GlobalOptions, common
from unify.errors import UnifyError, WorksheetError

if TYPE_CHECKING:
    from unify.review.status import Status
    from unify.review.taking import Taken

FOLDER = "review"


@click.group("review", context_settings=HELP)
@common
@click.pass_context
def command(ctx: click.Context, given: GlobalOptions) -> None:
    """Worksheets in which stewards decide which customers are one.

    \b
    Examples:
      unify review export cases.xlsx --limit 200
      unify review import cases.xlsx
      unify review status
    """
    ctx.obj = given


@command.command("export", context_settings=HELP)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="The N most valuable cases.")
@click.option(
    "--reviewers", metavar="NAMES", help="A file for each: anna,luca; one case in ten is shared."
)
@click.option(
    "--sort",
    type=click.Choice(["worth", "likely", "doubtful", "source"]),
    default="worth",
    help="The order of the cases; `worth` is the default.",
)
@common
def export(
    given: GlobalOptions, file: Path | None, limit: int | None, reviewers: str | None, sort: str
) -> None:
    """Write the open cases, most valuable first, as a worksheet (.xlsx, .csv).

    Without FILE, it goes to the folder `review` of the project. No file is written over.
    """
    from unify.clock import instant, system_clock
    from unify.ledger import FILE
    from unify.plan import own_fields
    from unify.review.giving import Wish, give

    configuration = given.configuration()
    at = instant(system_clock())
    names = [name.strip() for name in (reviewers or "").split(",") if name.strip()]
    if file is None:
        folder = given.folder() / FOLDER
        folder.mkdir(mode=0o700, exist_ok=True)
        file = folder / f"cases-{at[:10]}.xlsx"
    written = give(
        given.generations(), given.folder() / FILE, file, at,
        Wish(
            configuration.project.language,
            tuple(names),
            limit,
            sort,
            tuple(field.name for field in own_fields(configuration)),
        ),
    )  # fmt: skip
    for one in written:
        whom = f" for {one.reviewer}" if one.reviewer else ""
        click.echo(f"{one.cases} of {one.open} open cases{whom} are in {one.file}.")


@command.command("import", context_settings=HELP)
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "--by", default="", metavar="NAME", help="Who decided, where a worksheet does not say."
)
@common
@click.pass_context
def take(ctx: click.Context, given: GlobalOptions, files: tuple[Path, ...], by: str) -> None:
    """Take in the decisions of worksheets (.xlsx, .ods, .csv, as any program saved them).

    A malformed file is refused whole, with the places of what is wrong; cases of which a record
    has changed since are reported and skipped. Each file that is taken in is kept in
    review/evidence.
    """
    from unify.clock import instant, system_clock
    from unify.ledger import FILE
    from unify.review.taking import EVIDENCE
    from unify.review.taking import take as take_in

    failed: UnifyError | None = None
    for file in files:
        try:
            done = take_in(
                given.generations(), given.folder() / FILE, file, instant(system_clock()),
                by=by.strip(), folder=given.folder() / FOLDER / EVIDENCE,
            )  # fmt: skip
        except WorksheetError as refused:
            click.echo(f"Error: {refused}", err=True)
            failed = refused
            continue
        _say_taken(done)
    ctx.exit(failed.exit_code if failed else 0)


def _say_taken(done: Taken) -> None:
    click.echo(f"{done.file}: {done.answers} cases are decided in it, {done.new} of them newly.")
    for place in done.stale:
        click.echo(f"  skipped, a record changed since the export: {place}")
    for told in done.refused:
        click.echo(f"  not taken in, it contradicts: {told}")
    if done.conflicts:
        click.echo(
            f"Reviewers differ on {done.conflicts} pairs of records, which stay undecided:"
            " see `unify review status`."
        )
    if done.new:
        click.echo("They are heeded from the next `unify match` on.")


@command.command("status", context_settings=HELP)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@common
def status(given: GlobalOptions, as_json: bool) -> None:
    """How many cases are open, decided, in conflict or suspended, and how reviewers agree."""
    from unify.ledger import FILE
    from unify.review.status import status as found_status

    found = found_status(given.generations(), given.folder() / FILE)
    if as_json:
        click.echo(
            json.dumps(dataclasses.asdict(found), ensure_ascii=False, default=lambda v: v.value)
        )
        return
    _say_status(found)


def _say_status(found: Status) -> None:
    from unify.cli.terminal import table
    from unify.decisions import in_words

    click.echo(
        f"{found.open} cases are open, {found.decided} decided, {found.unsure} unsure;"
        f" {len(found.conflicts)} pairs of records in conflict,"
        f" {len(found.suspended)} decisions suspended."
    )
    for words in found.conflicts:
        click.echo(f"In conflict: {'; '.join(map(in_words, words))}.")
    for word in found.suspended:
        click.echo(f"Suspended, for a record is gone or has changed: {in_words(word)}.")
    if found.contradictions:
        click.echo(f"{found.contradictions} decisions contradict others, and do not hold.")
    if found.reviewers:
        kinds = ("same", "different", "unsure")
        table(
            ("reviewer", *kinds),
            [(one.name, *(one.answers.get(kind, 0) for kind in kinds)) for one in found.reviewers],
        )
    both = found.agreement
    if both.both:
        kappa = "" if both.kappa is None else f" (Cohen's kappa {both.kappa:g})"
        click.echo(f"Of {both.both} cases that two answered, they agree in {both.agree}{kappa}.")
    for band in found.bands:
        click.echo(
            f"From {band.least:g} up to a merge, reviewers found {band.same} of {band.answered} to"
            f" be one ({band.same / band.answered:.0%}; 95 % interval {band.low:.0%} to"
            f" {band.high:.0%}). Merging there without asking would save {band.hours:.1f} hours"
            f" for {band.open} open pairs, and be wrong in as many as {1 - band.low:.0%}."
        )
