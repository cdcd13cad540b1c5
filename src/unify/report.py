"""The report that is published with each run: one file, no network, no script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from unify.exports.whole_file import whole_file
from unify.generations import Generations, read_summary
from unify.ledger import Run
from unify.measures import measures
from unify.presets import read_toml
from unify.publication import current
from unify.wording import wording

if TYPE_CHECKING:
    from jinja2 import Environment


def write(
    generations: Generations,
    target: Path,
    *,
    past: Sequence[Run],
    language: str,
    personal: bool,
    force: bool,
) -> None:
    """Write the published generation's report to a file.

    Raises WorkspaceError when nothing is published, ConfigError where the file is there already.
    """
    folder = current(generations).parent
    page = render(folder, read_summary(folder), past=past, language=language, personal=personal)
    with whole_file(target, force=force) as beside:
        beside.write_text(page, encoding="utf-8")


def render(
    folder: Path,
    summary: Mapping[str, Any],
    *,
    past: Sequence[Run],
    language: str,
    personal: bool = True,
) -> str:
    """The report of the generation in `folder` as HTML, in the project's language.

    `summary`: as in run.json. `past`: the project's runs. Without `personal`, no name, id
    or content of a record is told.
    """
    words = read_toml(f"report/{language}.toml")
    page = _environment(words).from_string(
        (files("unify") / "templates" / "report.html").read_text(encoding="utf-8")
    )
    figures = measures(folder, summary, past, personal=personal)
    return page.render(
        run=summary, words=words, language=language, personal=personal,
        matching=wording(language), **figures,
    ) + "\n"  # fmt: skip


def _environment(words: Mapping[str, Any]) -> Environment:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )

    def number(value: float, digits: int = 0) -> str:
        told = f"{value:,.{digits}f}"
        marks = {",": words["thousands"], ".": words["decimal"], "-": "−"}
        return "".join(marks.get(sign, sign) for sign in told)

    def percent(part: float, digits: int = 1) -> str:
        return str(words["percent"]).format(number(100 * part, digits))

    environment.filters |= {"number": number, "percent": percent}
    return environment
