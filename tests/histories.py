"""Sources as they change from load to load: records come, are edited and go, the same every time."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.projects import Project
from tests.quality import italian_contacts
from tests.quality.italian_systems import SYSTEMS
from unify.decisions import Judgement

Row = dict[str, str]
KEYLESS = "newsletter"
# What an edit leaves alone: a key is no content.
KEYS = {system.name: system.key for system in SYSTEMS}
AT_FIRST = 0.7


@dataclass
class History:
    """Five sources, of which each load changes some; one of them has no key."""

    seed: int
    pool: Path
    """A project of generated contacts from which records are taken."""
    random: Random = field(init=False)
    waiting: dict[str, list[Row]] = field(init=False, default_factory=dict)
    standing: dict[str, list[Row]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.random = Random(f"history {self.seed}")
        for name in KEYS:
            rows = _rows(self.pool / f"{name}.csv")
            self.random.shuffle(rows)
            first = int(len(rows) * AT_FIRST)
            self.standing[name], self.waiting[name] = rows[:first], rows[first:]

    def begin(self, *projects: Project) -> None:
        """Write the configuration and the first load."""
        toml = (self.pool / "unify.toml").read_text(encoding="utf-8")
        toml = toml.replace(
            f'path = "{KEYLESS}.csv"\nkey = "{KEYS[KEYLESS]}"', f'path = "{KEYLESS}.csv"'
        )
        for project in projects:
            project.write("unify.toml", toml)
        for name in KEYS:
            self._write(name, projects)

    def load(self, *projects: Project, most: int = 12) -> None:
        """Change some of the sources, by as many records each."""
        for name in self.random.sample(sorted(KEYS), self.random.randint(0, len(KEYS))):
            for _ in range(self.random.randint(1, most)):
                self.random.choice((self._come, self._go, self._edit, self._copy, self._edit))(name)
            if self.random.random() < 0.2:
                self.random.shuffle(self.standing[name])
            self._write(name, projects)

    def decide(self, *projects: Project) -> None:
        """Have a steward decide on two records of what is published, alike everywhere."""
        records = sorted(projects[0].customers())
        left, right = self.random.sample(records, 2)
        scored = [row for row in projects[0].published("crosswalk") if row["joined_by"] == "model"]
        judgement = self.random.choice(list(Judgement))
        if judgement is Judgement.DIFFERENT and scored:
            left = self.random.choice(scored)["record_id"]
            customers = projects[0].customers()
            right = next(r for r in records if r != left and customers[r] == customers[left])
        for project in projects:
            project.decide(left, right, judgement)

    def _come(self, name: str) -> None:
        if self.waiting[name]:
            self.standing[name].append(self.waiting[name].pop())

    def _go(self, name: str) -> None:
        gone = self.standing[name].pop(self.random.randrange(len(self.standing[name])))
        self.waiting[name].insert(0, gone)

    def _edit(self, name: str) -> None:
        """One value becomes that of another record: names and phones come to be shared."""
        row, other = self.random.sample(self.standing[name], 2)
        column = self.random.choice([c for c in row if c != KEYS[name]])
        self.standing[name][self.standing[name].index(row)] = {**row, column: other[column]}

    def _copy(self, name: str) -> None:
        """A record is entered once more, under a key of its own."""
        row = self.random.choice(self.standing[name])
        key = f"{row[KEYS[name]]}-{self.random.randrange(10**6)}"
        self.standing[name].append({**row, KEYS[name]: key})

    def _write(self, name: str, projects: tuple[Project, ...]) -> None:
        for project in projects:
            with (project.folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                out = csv.DictWriter(file, list(self.standing[name][0]), lineterminator="\n")
                out.writeheader()
                out.writerows(self.standing[name])


def pool(folder: Path, records: int, seed: int) -> Path:
    """Generated contacts to take records from."""
    italian_contacts.write_project(folder, records, seed)
    return folder


def _rows(file: Path) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def loads(count: int) -> Iterator[int]:
    """The numbers of later loads."""
    yield from range(1, count)
