"""Open cases → worksheets: one, or one for each reviewer with some cases in common."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from unify.errors import ConfigError
from unify.exports.whole_file import refuse, whole_file
from unify.generations import Generations
from unify.ledger import Ledger, consulted
from unify.review import csv_text
from unify.review.cases import Case
from unify.review.project import opened
from unify.review.sheet import FIXED, SHEET, Sheet, Stamp, known, sheet
from unify.wording import Wording, wording
from unify.worksheets import Form, Page, write_form

# Of the cases, so many go to two reviewers, to tell how far they agree.
SHARED: Final = 10
FREE: Final = tuple(FIXED.index(name) for name in ("decision", "reviewer", "comment"))
ORDERS: Final[dict[str, Callable[[Case], tuple[float, str] | tuple[str, str, str]]]] = {
    "worth": lambda case: (-case.worth, case.id),
    "likely": lambda case: (-(case.probability or 0.0), case.id),
    "doubtful": lambda case: (case.probability or 0.0, case.id),
    "source": lambda case: (case.left[0].source, case.left[0].source_key, case.id),
}


@dataclass(frozen=True, slots=True)
class Given:
    """A worksheet that was written: where, for whom, how many of the open cases."""

    file: Path
    reviewer: str
    cases: int
    open: int


@dataclass(frozen=True, slots=True)
class Wish:
    """Which cases are wanted, for whom, in which words and order."""

    language: str
    reviewers: tuple[str, ...] = ()
    limit: int | None = None
    sort: str = "worth"
    own: tuple[str, ...] = ()
    """The project's own fields."""


def give(generations: Generations, ledger: Path, file: Path, at: str, wish: Wish) -> list[Given]:
    """Write the open cases as worksheets (.xlsx, .csv).

    With reviewers, each has a file of their own, `NAME-reviewer`. Raises ConfigError for a file
    that is there, or is no worksheet by its suffix.
    """
    if file.suffix.lower() not in (".xlsx", ".csv"):
        raise ConfigError("a worksheet is .xlsx or .csv", where=os.fspath(file))
    targets = {one: file.with_stem(f"{file.stem}-{one}") for one in wish.reviewers} or {"": file}
    for target in targets.values():
        _refuse(target)
    words = wording(wish.language)
    with opened(generations, ledger) as review:
        (key,) = consulted(ledger, Ledger.signature) or ("",)
        found = review.queue(wish.limit)
        cases = sorted(found.cases, key=ORDERS[wish.sort])
        held = known(review.database, cases, review.models, wish.own, auto_merge=review.auto_merge)
        given = []
        for place, (reviewer, target) in enumerate(targets.items()):
            mine = _share(cases, place, len(targets))
            made = sheet(mine, held, words, Stamp(f"{at} {target.name}", reviewer, key))
            with whole_file(target, force=False) as beside:
                _write(beside, target.suffix.lower(), made, words)
            given.append(Given(target, reviewer, len(mine), found.open))
    return given


def _refuse(target: Path) -> None:
    if target.exists():
        raise ConfigError(
            "this file is there already", where=os.fspath(target), remedy="Name another one."
        )
    refuse(target, force=False)


def _share(cases: Sequence[Case], place: int, of: int) -> list[Case]:
    """A reviewer's part of the cases: every so many, and of ten one that another has too."""
    if of == 1:
        return list(cases)
    return [c for at, c in enumerate(cases) if at % of == place or _common(at, place, of)]


def _common(at: int, place: int, of: int) -> bool:
    """Whether a case of another's is given to this one as well."""
    return at % SHARED == 0 and (at % of + 1) % of == place


def _write(target: Path, suffix: str, made: Sheet, words: Wording) -> None:
    if suffix == ".csv":
        rows = [
            ["".join(t for t, _ in cell) for cell in row] for band in made.bands for row in band
        ]
        csv_text.write(target, [made.columns, *rows], words.text("worksheet", "delimiter"))
        return
    form = Form(
        name=SHEET,
        columns=made.columns,
        bands=made.bands,
        open=FREE,
        choice=FREE[0],
        choices=[words.text("worksheet", one) for one in ("same", "different", "unsure")],
        hidden=len(made.columns) - 1,
        wide=(FIXED.index("because"),),
    )
    page = words.texts["instructions"]
    write_form(target, form, Page(page["name"], page["lines"]))
