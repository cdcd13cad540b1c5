"""Whole runs on data that others made, by the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.measured import unify
from tests.quality.linkage_sets import ER_TIER1, FAKE_1000, LinkageSet, write_project

pytestmark = pytest.mark.real


@pytest.mark.parametrize(
    ("chosen", "precision", "f1"),
    [(FAKE_1000, 0.97, 0.80), (ER_TIER1, 0.0, 0.95)],
    ids=lambda value: value.name if isinstance(value, LinkageSet) else "",
)
def test_a_public_set_is_matched_well(
    chosen: LinkageSet, precision: float, f1: float, tmp_path: Path
) -> None:
    if chosen.missing:
        pytest.skip(f"{chosen.name} is not on this machine")
    truth = write_project(chosen, tmp_path)
    unify("match", folder=tmp_path)
    found = json.loads(unify("evaluate", "--json", str(truth), folder=tmp_path).output)
    print(f"{chosen.name}: F1 {found['pairwise']['f1']:.4f}")
    assert found["pairwise"]["precision"] >= precision
    assert found["pairwise"]["f1"] >= f1
