"""Write the README's table of matching quality, of build/quality.json: `-m tests.quality.table`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.quality.linkage_sets import GENERATED, SETS
from tests.quality.plain_splink import DEFAULT
from tests.quality.results import AGREEMENT, noted
from tests.quality.rivals import LONGEST

README = Path(__file__).resolve().parents[2] / "README.md"
BEGIN, END = "<!-- quality:begin -->", "<!-- quality:end -->"
COLUMNS = ("set", "records", "by", "precision", "recall", "F1", "B-cubed F1")
COLUMNS += ("largest wrong", "best F1", "seconds", "peak MB")
RIVALS = {"splink": "plain Splink", "goldenmatch": "goldenmatch"}

LEGEND = f"""\
*plain Splink* is a script as [Splink](https://moj-analytical-services.github.io/splink/)'s tutorial writes it, run on the same files in the same
run: one model, on columns, comparisons and blocking rules that were chosen by hand for each set (`tests/quality/plain_splink.toml`), at
the match probability {DEFAULT}. *Best F1* is the best that it reaches at 0.5, 0.9, 0.95 or 0.99, which only the truth can tell. Where there are
two sources, it is told that neither holds duplicates; `unify` is not. *[goldenmatch](https://pypi.org/project/goldenmatch/)* is used without
configuration, and is ended after {LONGEST} s. Both are given one table of lower-cased columns, those of the five Italian systems brought together
by hand (`tests/quality/plain_italian.sql`). *Largest wrong* is the most records in one customer that are several entities."""

Figures = Mapping[str, Any]


def table(results: Mapping[str, Figures]) -> str:
    """The results as a Markdown table: for each set `unify`, and its rivals below."""
    header = line(COLUMNS)
    under = "|---|--:|---|" + "--:|" * (len(COLUMNS) - 3)
    rows = (row for name, figures in results.items() for row in _rows(name, figures))
    return "\n".join([header, under, *rows])


def line(cells: tuple[str, ...]) -> str:
    """A row of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def _rows(name: str, figures: Figures) -> Iterator[str]:
    yield line((name, f"{figures['records']:,}", "**unify**", *_cells(figures["unify"])))
    for rival, called in RIVALS.items():
        if rival not in figures:
            continue
        found = figures[rival]
        if "refused" in found:
            yield line(("", "", called, *[""] * 5, f"_{found['refused']}_", "", ""))
        else:
            yield line(("", "", called, *_cells(found)))


def _cells(found: Figures) -> tuple[str, ...]:
    scores = (f"{found[score]:.4f}" for score in ("precision", "recall", "f1", "bcubed"))
    best = f"{found['best_f1']:.4f} at {found['best_threshold']:g}" if "best_f1" in found else ""
    memory = found["megabytes"] if found["megabytes"] is not None else "?"
    mixture, seconds = f"{found['largest_mixture']:,}", f"{found['seconds']:.1f}"
    return (*scores, mixture, best, seconds, str(memory))


def agreed(cells: int, agreeing: int, customers: int, expected: int) -> str:
    """How far golden customers agree with a list that was cleaned by others, in a sentence."""
    return (
        f"dqbench's messy list of contacts becomes {customers} golden customers, where its clean list"
        f" has {expected}; of the {cells:,} filled cells, both in standard form, {agreeing / cells:.4f} agree."
    )


def replaced(text: str, written: str) -> str:
    """A text with what stands between the two marks replaced."""
    marked = re.compile(f"(?<={re.escape(BEGIN)}\n).*?(?={re.escape(END)})", re.DOTALL)
    return marked.sub(lambda _: f"{written}\n", text)


def main() -> None:
    """Bring the README's table up to date; unless every set was measured, leave it."""
    results = noted()
    agreement = results.pop(AGREEMENT, None)
    wanted = [*(chosen.name for chosen in SETS), *GENERATED]
    missing = [name for name in wanted if name not in results]
    if missing:
        print(f"README.md stays as it is: not measured here: {', '.join(missing)}.")
        return
    written = f"{table(results)}\n\n{LEGEND}"
    if agreement:
        written += f"\n\n{agreed(**agreement)}"
    README.write_text(replaced(README.read_text("utf-8"), written), encoding="utf-8")


if __name__ == "__main__":
    main()
