"""The levels that pairs meet are those that Splink finds with the same model."""

from __future__ import annotations

import logging
import shutil
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from splink import DuckDBAPI, Linker

from tests.projects import Project
from unify.fields import ORGANIZATION, PERSON
from unify.linkage.comparing import compare
from unify.linkage.model import Comparison, Level, Model, shipped
from unify.linkage.splink_engine import settings
from unify.linkage.training import start
from unify.workspace import Workspace, opened

EXAMPLE = Path(__file__).parents[1] / "examples" / "officine-bianchi"
NAME = Comparison(
    "name",
    (
        Level("missing", "missing(name)"),
        Level("same, and the town", "exact(name) and exact(town)", m=0.5, u=0.01),
        Level("same, in another town", "exact(name) and not exact(town)", m=0.3, u=0.01),
        Level("different", "else", m=0.2, u=0.98),
    ),
)
LONE = Comparison(
    "town",
    (Level("same", "exact(town)", m=0.5, u=0.1), Level("different", "else", m=0.5, u=0.9)),
)


def compared(workspace: Workspace, model: Model) -> list[tuple[object, ...]]:
    compare(workspace, model, "pair", "compared")
    names = ", ".join(comparison.name for comparison in model.comparisons)
    return workspace.select(f"select l, r, {names} from compared order by l, r")


def test_a_pair_meets_the_first_level_that_holds() -> None:
    with opened(None) as workspace:
        records = {"name": ["a", "a", "a", "b", None], "town": ["x", "x", "y", "x", "x"]}
        workspace.hold("person_record", pa.table({"place": range(5), **records}))
        workspace.hold("pair", pa.table({"l": [0] * 4, "r": [1, 2, 3, 4]}))
        model = replace(shipped(PERSON), comparisons=(NAME, LONE))
        assert compared(workspace, model) == [
            (0, 1, 2, 1),
            (0, 2, 1, 0),
            (0, 3, 0, 1),
            (0, 4, -1, 1),
        ]


@pytest.mark.parametrize("kind", [PERSON, ORGANIZATION])
def test_splink_finds_the_same_levels(kind: str, tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path, dirs_exist_ok=True)
    Project(tmp_path).run(dry_run=True)
    model = start(shipped(kind), 1000)
    names = [comparison.name for comparison in model.comparisons]
    with opened(tmp_path / "unify.duckdb") as workspace:
        workspace.compose(
            "pair",
            "select l.place as l, r.place as r, '0' as match_key, l.record_id as join_key_l,"
            " r.record_id as join_key_r"
            f" from {model.table} as l join {model.table} as r on l.place < r.place",
        )
        ours = compared(workspace, model)
        gammas = ", ".join(f"gamma_{name}" for name in names)
        theirs = workspace.select(
            f"select l, r, {gammas} from {predicted(workspace, model)} as found join pair"
            " on join_key_l = record_id_l and join_key_r = record_id_r order by l, r"
        )
    assert len(ours) > 1000
    assert ours == theirs


def predicted(workspace: Workspace, model: Model) -> str:
    """What Splink makes of all pairs: the name of its table."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    database = DuckDBAPI(connection=workspace.connection)
    linker = Linker(database.register(model.table), settings(model, levels=True), log_level=None)
    linker.table_management.register_blocked_pairs_for_predict(database.register("pair"))
    return str(linker.inference.predict(warning_mode="never").physical_name)
