"""What stands beside `unify` in the table, measured in the same run on the same files."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import duckdb

from tests.measured import measured
from tests.quality.plain_splink import DEFAULT
from tests.quality.rival_table import gather, scored, write_csv

ROOT = Path(__file__).resolve().parents[2]
# Seconds after which a rival that is still at it is ended.
LONGEST = 100
GOLDENMATCH = ROOT / "build" / "rivals" / "bin" / "python"

Figures = dict[str, Any]


def splink(folder: Path) -> Figures:
    """A plain Splink script: at its default threshold, and the best F1 that the truth can tell."""
    command = [sys.executable, "-m", "tests.quality.plain_splink", os.fspath(folder)]
    try:
        done = measured(command, ROOT, LONGEST)
    except AssertionError as failed:
        return refused(failed)
    told = json.loads(done.output.splitlines()[-1])
    best = max(told["scores"], key=lambda threshold: told["scores"][threshold]["f1"])
    return {
        **told["scores"][str(DEFAULT)],
        "best_f1": told["scores"][best]["f1"],
        "best_threshold": float(best),
        "seconds": told["seconds"],
        "megabytes": done.megabytes,
    }


def goldenmatch(folder: Path) -> Figures:
    """goldenmatch, which promises to need no configuration."""
    if not GOLDENMATCH.is_file():
        return {"refused": "it is not installed"}
    with duckdb.connect() as database:
        gather(database, folder)
        ids = write_csv(database, folder / "rival.csv")
    script = Path(__file__).with_name("goldenmatch_rival.py")
    try:
        done = measured([os.fspath(GOLDENMATCH), os.fspath(script), "rival.csv"], folder, LONGEST)
    except AssertionError as failed:
        return refused(failed)
    clusters = json.loads(done.output.splitlines()[-1])
    held = [(ids[row], str(number)) for number, rows in enumerate(clusters) for row in rows]
    figures = scored(held, folder / "truth.csv")
    return {**figures, "seconds": done.seconds, "megabytes": done.megabytes}


def refused(failed: AssertionError) -> Figures:
    """The last line that a rival said before it failed."""
    said = str(failed).split("\nassert ")[0].strip() or "it failed"
    return {"refused": said.splitlines()[-1]}
