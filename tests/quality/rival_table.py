"""What rivals of `unify` are given: all records of a project in one table, lower-cased."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from tests.quality.linkage_sets import KEY
from unify.scores import Judged, judge, largest_mixture
from unify.truth import read_truth

HERE = Path(__file__).parent
TABLE = "record"
# Which description of plain_splink.toml a set has; others have one of their own name.
LIKE = {
    "fake": ("fake_1000", "fake_20000"),
    "febrl": ("febrl", "dataset_"),
    "dqbench": ("er_tier",),
    "diners": ("restaurant", "fodors_zagats"),
    "italian": ("italian_",),
}


def description(folder: Path) -> dict[str, list[Any]]:
    """What plain_splink.toml says of the set in a project folder."""
    with (folder / "unify.toml").open("rb") as file:
        name = tomllib.load(file)["project"]["name"]
    like = next((known for known, names in LIKE.items() if name.startswith(names)), name)
    with (HERE / "plain_splink.toml").open("rb") as file:
        found: dict[str, list[Any]] = tomllib.load(file)[like]
    return found


def gather(database: duckdb.DuckDBPyConnection, folder: Path) -> list[str]:
    """Make the table of all records (`unique_id` is source:key); give the names of its sources."""
    with (folder / "unify.toml").open("rb") as file:
        sources = sorted(tomllib.load(file)["sources"])
    for source in sources:
        database.execute(
            f"create table \"{source}\" as from read_csv('{folder / source}.csv', all_varchar=true,"
            " header=true, delim=',', quote='\"', escape='\"', strict_mode=true)"
        )
    if "crm" in sources:
        select = (HERE / "plain_italian.sql").read_text(encoding="utf-8")
    else:
        parts = (f"select '{source}' as source, * from \"{source}\"" for source in sources)
        select = " union all by name ".join(parts)
    database.execute(f"create table written as {select}")
    columns = [row[0] for row in database.execute("describe written").fetchall()]
    told = ", ".join(
        f'nullif(lower(trim("{c}")), \'\') as "{c.strip().lower()}"'
        for c in columns
        if c not in ("source", KEY)
    )
    database.execute(
        f"create table {TABLE} as select source || ':' || \"{KEY}\" as unique_id,"
        f" source as source_dataset, {told} from written order by unique_id"
    )
    return sources


def scored(clusters: Iterable[tuple[str, str]], truth: Path) -> dict[str, Any]:
    """How right clusters (`unique_id`, cluster) are; who stands in none is alone."""
    held = dict(clusters)
    told = read_truth(truth)
    rows = [
        Judged(source, entity, held.get(f"{source}:{key}", f"alone {source}:{key}"), "")
        for (source, key), entity in told.items()
    ]
    scores, mixture = judge(rows), largest_mixture(rows)
    return {
        "precision": scores.pairwise.precision,
        "recall": scores.pairwise.recall,
        "f1": scores.pairwise.f1,
        "bcubed": scores.bcubed.f1,
        "largest_mixture": mixture.records if mixture else 0,
    }


def write_csv(database: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    """Write the table without its ids, for a rival that is given a file; give the ids in order."""
    rows = database.execute(f"select * from {TABLE}").fetchall()
    columns = [row[0] for row in database.execute(f"describe {TABLE}").fetchall()]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns[2:])
        writer.writerows(row[2:] for row in rows)
    return [row[0] for row in rows]
