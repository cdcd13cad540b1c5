"""`unify match`: the whole run."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from unify.cli.options import HELP, GlobalOptions, common
from unify.errors import UnifyError

if TYPE_CHECKING:
    from unify.pipeline import RunReport

DOUBTFUL = "too doubtful to merge and too likely to forget"


@click.command("match", context_settings=HELP)
@click.option("--dry-run", is_flag=True, help="Stop before publishing, and say what would change.")
@click.option(
    "--full",
    is_flag=True,
    help="Standardise and compare every record anew, whatever earlier runs remember.",
)
@click.option("--retrain", is_flag=True, help="Fit the models anew, whatever earlier runs fitted.")
@click.option(
    "--sample",
    metavar="N",
    type=click.IntRange(min=2),
    help="A first look at N records: published nowhere, nothing kept.",
)
@click.option(
    "--accept", metavar="RUN", help="Publish exactly the candidate that the gate held back."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@common
@click.pass_context
def command(
    ctx: click.Context,
    given: GlobalOptions,
    dry_run: bool,
    full: bool,
    retrain: bool,
    sample: int | None,
    accept: str | None,
    as_json: bool,
) -> None:
    """Read every source, match, and publish golden customers.

    \b
    Examples:
      unify match
      unify match --dry-run
      unify match --sample 1000
      unify match --accept run-20260512T060000Z
    """
    chosen = {"--dry-run": dry_run, "--full": full, "--retrain": retrain}
    for alone, asked in {"--accept": accept, "--sample": sample}.items():
        for other in (name for name, given_too in chosen.items() if asked and given_too):
            raise click.UsageError(f"{other} and {alone} exclude each other")
    if accept and sample:
        raise click.UsageError("--accept and --sample exclude each other")
    started = time.monotonic()
    try:
        if sample:
            _say_sample(given, sample, as_json, started)
            return
        done = _carried_out(given, accept, dry_run=dry_run, full=full, retrain=retrain)
    except UnifyError as failed:
        if as_json:
            click.echo(json.dumps(_failure(failed), ensure_ascii=False))
        raise
    if as_json:
        seconds = round(time.monotonic() - started, 1)
        click.echo(json.dumps(_result(done, seconds), ensure_ascii=False))
    else:
        _say(done)
    if given.verbose:
        _say_linkage(done.summary["linkage"])
    ctx.exit(done.exit_code)


def _carried_out(
    given: GlobalOptions, run_id: str | None, *, dry_run: bool, full: bool, retrain: bool
) -> RunReport:
    from unify.cli.terminal import progress
    from unify.pipeline import accept, run

    plan = given.plan()
    if run_id:
        return accept(plan, run_id)
    return run(plan, dry_run=dry_run, progress=progress(given.quiet), full=full, retrain=retrain)


def _result(done: RunReport, seconds: float) -> dict[str, Any]:
    return {
        **done.summary,
        "outcome": done.outcome.value,
        "exit_code": done.exit_code,
        "seconds": seconds,
    }


def _failure(failed: UnifyError) -> dict[str, Any]:
    return {
        "outcome": "failed",
        "exit_code": failed.exit_code,
        "error": {"what": failed.what, "where": failed.where, "remedy": failed.remedy},
    }


def _say(done: RunReport) -> None:
    summary = done.summary
    click.echo(
        f"{summary['records']} records of {len(summary['sources'])} sources"
        f" are {summary['customers']} customers ({summary['by_kind']['person']} people,"
        f" {summary['by_kind']['organization']} organisations)."
    )
    for source, why in summary.get("kept_sources", {}).items():
        click.echo(f"Source '{source}' was not read, its last records stand: {why}", err=True)
    if summary["set_aside"]:
        click.echo(f"{summary['set_aside']} rows were set aside: see set_aside.csv.")
    click.echo(f"{summary['review_pairs']} pairs are {DOUBTFUL}.")
    _say_expected(summary)
    happened = ", ".join(f"{count} {event}" for event, count in summary["events"].items())
    click.echo(f"Since the last run: {happened or 'no customer came, went or moved'}.")
    _say_outcome(done)


def _say_expected(summary: dict[str, Any]) -> None:
    joined, false = summary["joined_pairs"], summary["expected_false"]
    if joined:
        click.echo(
            f"Of {joined} pairs of records that became one customer, {false:g}"
            f" ({false / joined:.1%}) are expected to be false."
        )


def _say_sample(given: GlobalOptions, wanted: int, as_json: bool, started: float) -> None:
    """Carry out a first look at some records, and say what was found."""
    from unify.cli.terminal import progress
    from unify.sample import sample

    found = sample(given.plan(), wanted, progress(given.quiet))
    if as_json:
        seconds = round(time.monotonic() - started, 1)
        told = {**asdict(found), "outcome": "sample", "exit_code": 0, "seconds": seconds}
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        click.echo(
            f"A first look at {found.records} of the {found.of} records of {found.sources} sources:"
            " those of the same name come together, others that belong to them may be missing."
        )
        click.echo(
            f"They are {found.customers} customers ({found.by_kind['person']} people,"
            f" {found.by_kind['organization']} organisations), the largest of"
            f" {found.largest_customer} records."
        )
        click.echo(f"{found.review_pairs} pairs are {DOUBTFUL}.")
        click.echo("Nothing was published or kept.")
    if given.verbose:
        _say_linkage(found.linkage)


def _say_linkage(linkage: Iterable[dict[str, Any]]) -> None:
    for entry in linkage:
        click.echo(
            f"Model of kind {entry['kind']}: {entry['records']} records,"
            f" {entry['expected_matches']} matches expected.",
            err=True,
        )
        if model := entry["model"]:
            click.echo(f"  {_model(model)}", err=True)
        if entry["blocking"]["recall"] is not None:
            click.echo(f"  {_blocking(entry['blocking'])}", err=True)
        for remark in entry["remarks"]:
            click.echo(f"  {remark}", err=True)
        for rule, records in entry["blocks_left_out"].items():
            click.echo(f"  {records} records share too common a value of: {rule}", err=True)


def _blocking(found: dict[str, Any]) -> str:
    return (
        f"blocking found {found['found']:.0f} matches, {found['by_one_rule']:.0f} of them by one"
        f" rule alone: at least {found['missed']:.0f} more were likely found by none"
        f" (recall of blocking at most {found['recall']:.1%})"
    )


def _model(model: dict[str, Any]) -> str:
    how = "taken over from" if model["reused"] else "fitted by"
    why = f": {model['why']}" if model["why"] else ""
    return f"version {model['version']}, {how} {model['run_id']}, {model['records']} records{why}"


def _say_outcome(done: RunReport) -> None:
    if done.objections:
        click.echo("The gate holds this candidate back:", err=True)
        for objection in done.objections:
            click.echo(f"  {objection}", err=True)
        click.echo(f"To publish it all the same: unify match --accept {done.run_id}", err=True)
    elif done.outcome.value == "dry-run":
        click.echo("Nothing was published (--dry-run).")
    else:
        click.echo(f"Published as {done.run_id}.")
