"""Italian contacts at any size, as five systems export them, with the truth.

    python -m tests.quality.italian_contacts FOLDER --records 100000 --seed 1

The same records and seed make the same files.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate, islice
from pathlib import Path
from random import Random

from tests.quality.italian_systems import SYSTEMS, Row, System
from tests.quality.italian_world import Entity, Firm, World, build

RECORDS_AN_ENTITY = 1.75
DUPLICATES = 0.06
# Of a thousand entities so many stand in one system, in two, and so on.
REACH = (545, 308, 108, 30, 9)
FIRST_DAY, LAST_DAY = date(2014, 1, 7), date(2026, 3, 31)


def real_world(records: int, seed: int) -> World:
    """The firms and people behind so many records."""
    # Some more than needed, lest chance leave the systems short of records.
    entities = round(records / RECORDS_AN_ENTITY * 1.01) + 20
    return build(entities, Random(f"{seed}:world"))


def name_of(entity: Entity) -> str:
    """An entity's name in the truth."""
    return f"{'F' if isinstance(entity, Firm) else 'P'}{entity.number}"


def systems_knowing(entity: Entity, rng: Random) -> Iterator[System]:
    """The systems in which somebody stands, some of them twice."""
    left, wanted = list(SYSTEMS), rng.choices(range(1, 6), REACH)[0]
    for _ in range(wanted):
        weights = list(accumulate(system.weight(entity) for system in left))
        system = rng.choices(left, cum_weights=weights)[0]
        left.remove(system)
        yield system
        if rng.random() < DUPLICATES:
            yield system


def appearances(world: World, records: int, rng: Random) -> dict[str, list[Entity]]:
    """Who stands in which system, one entity a record."""
    entities: list[Entity] = [*world.firms, *world.people]
    rng.shuffle(entities)
    pairs = ((system, entity) for entity in entities for system in systems_knowing(entity, rng))
    known: dict[str, list[Entity]] = {system.name: [] for system in SYSTEMS}
    for system, entity in islice(pairs, records):
        known[system.name].append(entity)
    return known


def recent_day(rng: Random) -> date:
    """When a record was last touched; most were in the last years."""
    days = (LAST_DAY - FIRST_DAY).days
    return FIRST_DAY + timedelta(days=max(rng.randrange(days), rng.randrange(days)))


def keyed_rows(system: System, known: list[Entity], rng: Random) -> Iterator[tuple[Row, Entity]]:
    """A system's records in no order, each with a key of its own."""
    rng.shuffle(known)
    number = 0
    for entity in known:
        number += rng.randrange(1, 4)
        row = system.row(entity, recent_day(rng), rng)
        yield row | {system.key: system.key_pattern.format(number)}, entity


def settings(system: System) -> str:
    """The table of unify.toml for a system."""
    return (
        f'\n[sources.{system.name}]\npath = "{system.name}.csv"\nkey = "{system.key}"\n'
        f'updated = "{system.updated}"\ntrust = {system.trust}\n'
    )


def write_project(folder: Path, records: int, seed: int) -> Path:
    """Write so many records as a project with five sources and a truth; give the truth's path."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = "".join(settings(system) for system in SYSTEMS)
    project = '[project]\nname = "italian_contacts"\ncountry = "IT"\n'
    (folder / "unify.toml").write_text(project + tables, encoding="utf-8")
    known = appearances(real_world(records, seed), records, Random(f"{seed}:appearances"))
    path = folder / "truth.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        truth = csv.writer(file, lineterminator="\n")
        truth.writerow(("source", "source_key", "entity"))
        for system in SYSTEMS:
            keyed = keyed_rows(system, known[system.name], Random(f"{seed}:{system.name}"))
            truth.writerows(
                (system.name, row[system.key], name_of(entity))
                for row, entity in written(folder / f"{system.name}.csv", system, keyed)
            )
    return path


def written(
    path: Path, system: System, keyed: Iterator[tuple[Row, Entity]]
) -> Iterator[tuple[Row, Entity]]:
    """The records as they come, each written to the system's file on its way."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(system.columns)
        for row, entity in keyed:
            out.writerow([row.get(column, "") for column in system.columns])
            yield row, entity


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the project from the command line."""
    parser = argparse.ArgumentParser(
        description="Write Italian contacts as a project with a truth."
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    print(write_project(given.folder, given.records, given.seed))


if __name__ == "__main__":
    main()
