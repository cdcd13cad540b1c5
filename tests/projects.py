"""Small projects to run: a folder of sources with its unify.toml, and what a run publishes."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from unify import config, ledger, pipeline
from unify.decisions import Decision, Judgement
from unify.generations import Generations
from unify.pipeline import RunReport
from unify.plan import Plan, make_plan

START = datetime(2026, 5, 12, 6, 0, tzinfo=UTC)
CRM = '[sources.crm]\npath = "crm.csv"\nkey = "Id"\n'
QUIET = {**os.environ, "PYTHONUTF8": "0", "LC_ALL": "C"}


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code and what it said."""

    code: int
    stdout: str
    stderr: str


@dataclass(frozen=True)
class Project:
    """A project folder."""

    folder: Path

    def write(self, name: str, text: str | bytes) -> None:
        """Write a file of the project anew."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    def plan(self, minute: int = 0) -> Plan:
        """The plan of a run so many minutes after the start; its clock stands still."""
        file = self.folder / "unify.toml"
        return make_plan(config.read(file), file, lambda: START + timedelta(minutes=minute))

    def run(self, minute: int = 0, *, dry_run: bool = False, retrain: bool = False) -> RunReport:
        """Carry out a run in this process."""
        return pipeline.run(
            self.plan(minute), dry_run=dry_run, progress=lambda _: None, retrain=retrain
        )

    def unify(self, *arguments: str) -> Ended:
        """Carry out a command as users do."""
        return unify(*arguments, cwd=self.folder)

    def decide(self, left: str, right: str, judgement: Judgement = Judgement.SAME) -> None:
        """Have a steward decide on two records."""
        with ledger.opened(self.folder / ledger.FILE) as opened:
            opened.decide(Decision(left, right, judgement, "anna", "", "2026-05-12T06:00:00Z"))

    @property
    def golden(self) -> Path:
        """The published generation."""
        return self.folder / "golden"

    @property
    def generations(self) -> Generations:
        """Its generations, as a run sees them."""
        return Generations(self.golden, "private")

    @property
    def summary(self) -> dict[str, Any]:
        """The published run.json."""
        return dict(json.loads((self.golden / "run.json").read_text(encoding="utf-8")))

    def published(self, table: str) -> list[dict[str, str]]:
        """The rows of a published CSV."""
        with (self.golden / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def customers(self) -> dict[str, str]:
        """record id → customer id, as published."""
        return {row["record_id"]: row["customer_id"] for row in self.published("crosswalk")}


def made(folder: Path, toml: str = CRM, files: Mapping[str, str | bytes] | None = None) -> Project:
    """A project of a configuration and sources."""
    project = Project(folder)
    for name, text in {"unify.toml": toml, **(files or {})}.items():
        project.write(name, text)
    return project


def unify(*arguments: str, cwd: Path, env: Mapping[str, str] | None = None) -> Ended:
    """Run the command line in a folder; its output goes to a pipe."""
    done = subprocess.run(
        [sys.executable, "-m", "unify", *arguments],
        cwd=cwd,
        env={**QUIET, **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


def firms(numbers: range, column: str = "Id") -> str:
    """A CSV of firms that nothing joins, one a number."""
    rows = "".join(
        f"{n:04},{word}{n} {other}\n"
        for n, word, other in (
            (n, WORDS[n % len(WORDS)], WORDS[n // len(WORDS) % len(WORDS)]) for n in numbers
        )
    )
    return f"{column},Azienda\n{rows}"


WORDS = ("Rondamec", "Ferrodina", "Oleotecna", "Bulloneria", "Zincatura", "Galvanica", "Tornital")
