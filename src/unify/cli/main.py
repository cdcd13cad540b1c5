"""The commands of `unify`, each loaded when it is called, and the one place that prints errors."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from types import FrameType
from typing import NoReturn

import click

from unify.cli.options import HELP, GlobalOptions, common
from unify.errors import UnifyError

COMMANDS = {
    "init": "Look through files, folders and databases for contacts; write a unify.toml.",
    "match": "The whole run: sources to a published golden customer table.",
    "check": "Show how each source would be read; change nothing.",
    "show": "A golden customer: its records, the origin of each value, its events.",
    "explain": "Why two records or customers are, or are not, together.",
    "decide": "Say whether two records or customers are one.",
    "split": "Take records out of their customer.",
    "review": "Worksheets for the doubtful cases: export, import, status.",
    "set": "Set a value of a customer, such as its kind, that outlives runs.",
    "export": "Golden customers as a spreadsheet, vCards, for Outlook, or as a database's table.",
    "evaluate": "Compare the published customers with a truth.",
    "report": "The report of what is published again, as a page to open or hand on.",
    "diff": "What changed from one generation to the next.",
    "undo": "Back to the generation before.",
    "forget": "Remove a person for good, and do not take it in again.",
    "runs": "The history of runs.",
    "connectors": "The kinds of sources that can be read, with their settings.",
}
ENDINGS = {signal.SIGINT: "Interrupted", signal.SIGTERM: "Terminated"}


class Ended(BaseException):
    """The process was asked to end."""


@dataclass(slots=True)
class Ending:
    """The signal that asked the process to end, if any did.

    DuckDB turns what a signal raises within a query into an error of its own.
    """

    asked: int = 0

    def heed(self, signum: int, frame: FrameType | None) -> None:  # noqa: ARG002
        """End what is being done, undoing what is half-done."""
        self.asked = signum
        raise Ended


class Commands(click.Group):
    """The commands, imported one at a time: `unify --help` needs none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Their names, in the order of a steward's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a name, or nothing."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"unify.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings=HELP, invoke_without_command=True)
@common
@click.pass_context
def cli(ctx: click.Context, given: GlobalOptions) -> None:
    """Consolidate scattered contacts into one golden customer table.

    \b
    Examples:
      unify init                   find the contacts in this folder, and write a unify.toml
      unify check                  how each source of unify.toml would be read
      unify match                  read, match and publish
      unify show crm:1042          the customer that this record belongs to
    """
    ctx.obj = given
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def run(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command and end the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8")
    # What a run writes holds personal data: nobody else's to read.
    os.umask(0o077)
    ending = Ending()
    for signum in ENDINGS:
        signal.signal(signum, ending.heed)
    sys.exit(_exit_code(arguments, ending))


def _exit_code(arguments: Sequence[str] | None, ending: Ending) -> int:
    try:
        code = cli.main(args=arguments, prog_name="unify", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except (Ended, Exception) as raised:
        if ending.asked:
            word = ENDINGS[signal.Signals(ending.asked)]
            click.echo(f"{word}: what is published stays whole.", err=True)
            return 128 + ending.asked
        return _code_of(raised)


def _code_of(raised: BaseException) -> int:
    match raised:
        case UnifyError():
            click.echo(f"Error: {raised}", err=True)
            return raised.exit_code
        case click.ClickException():
            raised.show()
            return 2
        case click.Abort():
            return 128 + signal.SIGINT
        case BrokenPipeError():
            # The reader of our output has gone; nothing more to say to it.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            return 1
    if "UNIFY_TRACEBACK" in os.environ:
        raise raised
    click.echo(_unforeseen(raised), err=True)
    return 1


def _unforeseen(unknown: BaseException) -> str:
    """A defect, said without the values that it may hold."""
    trace = unknown.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else "?"
    return (
        f"Error: unify {version('unify-contacts')} met a case that it was not made for"
        f" ({type(unknown).__name__} in {where}); what was published before still stands.\n"
        "Please report this. With UNIFY_TRACEBACK=1 in the environment, all details are shown"
        " (they may hold personal data)."
    )
