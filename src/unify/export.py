"""Golden customers in the form that others take them in: files for people and programs, tables.

Reads the published generation alone: it does not wait for a run, and no run waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from unify.database import is_url
from unify.errors import ConfigError, WorkspaceError, did_you_mean
from unify.exports.customers import Customers, rows_of
from unify.exports.database_table import write_table
from unify.exports.outlook import write_outlook
from unify.exports.published_file import write_csv, write_parquet
from unify.exports.spreadsheet import write_xlsx
from unify.exports.vcard import write_vcards
from unify.exports.whole_file import refuse, whole_file
from unify.exports.write_back import filled_fields, pack, write_back_csv, write_back_xlsx
from unify.generations import Generations
from unify.publication import current
from unify.worksheets import Cells
from unify.workspace import Workspace, published

# By how the file's name ends; the first that fits.
FORMS: Final[Mapping[str, Callable[[Customers, Path], None]]] = {
    "outlook.csv": write_outlook,
    ".xlsx": write_xlsx,
    ".csv": write_csv,
    ".parquet": write_parquet,
    ".vcf": write_vcards,
}
PACKS: Final[Mapping[str, Callable[[Iterable[Cells], Path], None]]] = {
    ".xlsx": write_back_xlsx,
    ".csv": write_back_csv,
}
F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: how many rows, and where they are."""

    rows: int
    where: str


def export(
    generations: Generations, to: str, *, table: str | None, language: str, force: bool
) -> Exported:
    """Write the golden customers to a file, its form told by its name, or to a database's table.

    Raises ConfigError for a target that will not do, ExportError for one that cannot be written.
    """
    if is_url(to):
        return _to_database(generations, to, table, force=force)
    if table is not None:
        raise ConfigError("only a database has tables", where="--table", remedy="Leave it out.")
    form = _form_of(to, FORMS)
    refuse(Path(to), force=force)
    customers = _customers(generations, language)
    with whole_file(Path(to), force=force) as beside:
        form(customers, beside)
    return Exported(len(customers), to)


def write_back(generations: Generations, to: str, *, source: str, force: bool) -> Exported:
    """Write to a file which records of a source are one customer, and which values differ.

    Raises ConfigError for a source or target that will not do, ExportError for one that cannot
    be written.
    """
    form = _form_of(to, PACKS)
    refuse(Path(to), force=force)
    with published(current(generations)) as database:
        _refuse_older(database)
        _refuse_unknown(source, {row["source"] for row in database.rows("published_source")})
        records = database.query("written_back", source=source)
    filled = filled_fields(rows_of(records))
    with whole_file(Path(to), force=force) as beside:
        form(pack(rows_of(records), filled), beside)
    return Exported(records.num_rows, to)


def _form_of(to: str, forms: Mapping[str, F]) -> F:
    """What writes a file of that name. Raises ConfigError where nothing does."""
    name = Path(to).name.lower()
    for ending, form in forms.items():
        if name.endswith(ending):
            return form
    database = ", or give a database's URL" if forms is FORMS else ""
    raise ConfigError(
        "the form of the export is not told by its name",
        # What was meant as a URL may hold a password.
        where="--to" if "@" in to or is_url(to) else f"--to {to}",
        remedy=f"Let it end in {', '.join(forms)}{database}.",
    )


def _refuse_older(database: Workspace) -> None:
    if ("standard_record",) not in database.select("show tables"):
        raise WorkspaceError(
            "an older version of unify published this: it does not say what each record holds",
            remedy="Run `unify match` to publish anew.",
        )


def _refuse_unknown(source: str, known: Collection[str]) -> None:
    if source not in known:
        raise ConfigError(
            f"no record of a source '{source}' is published",
            where="--write-back",
            remedy=did_you_mean(source, known),
        )


def _to_database(generations: Generations, url: str, table: str | None, *, force: bool) -> Exported:
    if not table:
        remedy = "Add --table NAME."
        raise ConfigError("no table is named", where="--to", remedy=remedy)
    customers = _customers(generations)
    where = write_table(customers, url, table, force=force)
    return Exported(len(customers), f"{table} in {where}")


def _customers(generations: Generations, language: str = "en") -> Customers:
    database = current(generations)
    with published(database) as opened:
        return Customers(opened.query("exported_customer"), database.parent, language)
