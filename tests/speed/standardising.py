"""Standard forms of mixed records, by the stage or by a plain loop: `python -m tests.speed.standardising`.

`stage FOLDER` reads the records and standardises them twice; `loop FOLDER RECORDS` does the same
to the first records one value after another, by the functions that call the libraries. Both
print one JSON object.
"""

from __future__ import annotations

import csv
import itertools
import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from tests.projects import Project, made
from unify.land import land
from unify.standardise import standardise
from unify.standards import addresses, dates, emails, phones, rows
from unify.workspace import opened

TOML = '[sources.mixed]\npath = "mixed.csv"\nkey = "Id"\nupdated = "LastModified"\n'
NAMES = ("kind", "full_name", "any_name", "name_prefix", "middle_name", "name_suffix", "organization", "born", "first", "set_kind")  # fmt: skip


def by_stage(folder: Path) -> dict[str, object]:
    """Seconds of the stage: the first time, and once more with what it remembers."""
    project: Project = made(folder, TOML)
    with opened(folder / "unify.duckdb") as workspace:
        records = land(workspace, project.plan().sources, ()).records
        seconds = []
        for _ in range(2):
            started = time.monotonic()
            standard = standardise(workspace, records, "IT")
            seconds.append(round(time.monotonic() - started, 1))
        return {"records": workspace.count(standard.records), "seconds": seconds}


def by_loop(folder: Path, records: int) -> dict[str, object]:
    """Seconds of a loop over so many records, in one process."""
    with (folder / "mixed.csv").open(encoding="utf-8", newline="") as file:
        read = list(itertools.islice(csv.DictReader(file), records))
    started = time.monotonic()
    for row in read:
        _standardise(row)
    return {"records": len(read), "seconds": round(time.monotonic() - started, 1)}


def _standardise(row: dict[str, str]) -> None:
    emails.standardise(row["Email"])
    phones.standardise(row["Phone"], "IT")
    dates.standardise(row["Birthdate"], order="dmy")
    dates.instant(row["LastModified"], order="dmy")
    addresses.standardise(
        street=row["Street"], house_number=None, city=row["City"], region=row["Province"],
        postcode=row["Zip"], country=None, default_country="IT",
    )  # fmt: skip
    party = {
        **dict.fromkeys(NAMES), "any_name": row["Nominativo"] or None, "given_name": row["FirstName"] or None,
        "family_name": row["LastName"] or None, "person_id": False, "firm_id": False,
    }  # fmt: skip
    _drawn(rows.party({"written": json.dumps(party)}, "IT"))


def _drawn(made_rows: Iterable[object]) -> None:
    for _ in made_rows:
        pass


if __name__ == "__main__":
    way, folder, *count = sys.argv[1:]
    done = by_loop(Path(folder), int(*count)) if way == "loop" else by_stage(Path(folder))
    print(json.dumps(done))
