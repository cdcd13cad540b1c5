"""What people see: progress on stderr, tables on stdout; plain text where no terminal is."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Sequence

import click
from rich.console import Console
from rich.table import Table


def progress(quiet: bool) -> Callable[[str], None]:
    """A function that says on stderr which stage has begun, and after how many seconds."""
    if quiet:
        return lambda _: None
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    started = time.monotonic()

    def say(stage: str) -> None:
        console.print(f"[dim]{time.monotonic() - started:6.1f} s[/dim]  {stage}")

    return say


def table(headers: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> None:
    """A table on stdout: drawn on a terminal, tab-separated in a pipe."""
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    if title:
        click.secho(title, bold=True)
    if not sys.stdout.isatty():
        for line in (headers, *cells):
            click.echo("\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in line))
        return
    drawn = Table(*headers, header_style="bold", box=None, pad_edge=False)
    for line in cells:
        drawn.add_row(*(_escaped(cell) for cell in line))
    Console(highlight=False).print(drawn)


def _escaped(cell: str) -> str:
    return cell.replace("[", "\\[")
