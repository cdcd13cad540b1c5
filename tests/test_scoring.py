"""Weights of compared pairs: the sum over their levels, rarer values weighing more."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import pyarrow as pa
import pytest

from unify.linkage.model import Comparison, Level, Model, shipped
from unify.linkage.scoring import COPIES, PSEUDO_RECORDS, patterns, score
from unify.workspace import Workspace, opened

NAME = Comparison(
    "name",
    (
        Level("missing", "missing(name)"),
        Level("same", "exact(name)", m=0.8, u=0.01, term_frequency="name"),
        Level("different", "else", m=0.2, u=0.99),
    ),
)
PHONE = Comparison(
    "phone",
    (
        Level("missing", "missing(phone)"),
        Level("same", "exact(phone)", m=0.9, u=0.001),
        Level("different", "else", m=0.1, u=0.999),
    ),
)
MODEL = replace(
    shipped("person"),
    table="person_record",
    prior=0.5,
    comparisons=(NAME, PHONE),
    anchors=("phone",),
    names=("name",),
    rare_names=7.0,
)
# Ninety-eight of one name, and two of another.
NAMES = ["rossi"] * 98 + ["squarcina"] * 2


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with opened(None) as made:
        ids = [f"r{n:03}" for n in range(len(NAMES))]
        made.hold("person_record", pa.table({"record_id": ids, "name": NAMES}))
        yield made


def scored(
    workspace: Workspace, *compared: tuple[str, str, str, int, int], model: Model = MODEL
) -> list[tuple[float, float, bool, bool]]:
    columns = ("record_id_l", "record_id_r", "match_key", "name", "phone")
    workspace.hold(
        "compared",
        pa.Table.from_pylist([dict(zip(columns, pair, strict=True)) for pair in compared]),
    )
    score(workspace, model, "compared", "scored")
    return [
        (weight, probability, anchored, crossing)
        for weight, probability, anchored, crossing in workspace.select(
            "select match_weight, match_probability, anchored, crossing from scored"
            " order by record_id_l, record_id_r"
        )
    ]


def frequency(times: int) -> float:
    return (times - 1 - COPIES + PSEUDO_RECORDS * 0.01) / (len(NAMES) - 1 + PSEUDO_RECORDS)


def test_the_weight_is_the_sum_over_the_levels(workspace: Workspace) -> None:
    ((weight, probability, anchored, _),) = scored(workspace, ("r000", "r001", "0", 0, 1))
    assert weight == pytest.approx(math.log2(0.2 / 0.99) + math.log2(0.9 / 0.001))
    assert probability == pytest.approx(1 / (1 + 2**-weight))
    assert anchored


def test_what_is_missing_says_nothing(workspace: Workspace) -> None:
    ((weight, probability, anchored, _),) = scored(workspace, ("r000", "r001", "0", -1, -1))
    assert (weight, probability, anchored) == (0.0, 0.5, False)


@pytest.mark.parametrize(("left", "right", "times"), [("r000", "r001", 98), ("r098", "r099", 2)])
def test_a_value_weighs_by_how_often_others_have_it(
    workspace: Workspace, left: str, right: str, times: int
) -> None:
    ((weight, *_),) = scored(workspace, (left, right, "0", 1, -1))
    assert weight == pytest.approx(math.log2(0.8 / frequency(times)))


def test_a_rare_name_does_without_an_anchor_and_a_common_one_does_not(
    workspace: Workspace,
) -> None:
    common, rare = scored(workspace, ("r000", "r001", "0", 1, -1), ("r098", "r099", "0", 1, -1))
    assert (common[2], rare[2]) == (False, True)


def test_a_pair_of_two_kinds_is_marked(workspace: Workspace) -> None:
    first, second = scored(
        workspace, ("r000", "r001", "crossing", 1, 1), ("r002", "r003", "0", 1, 1)
    )
    assert (first[3], second[3]) == (True, False)


def test_patterns_are_counted_without_pairs_of_two_kinds(workspace: Workspace) -> None:
    scored(
        workspace,
        ("r000", "r001", "0", 1, 1), ("r000", "r002", "0", 1, 1), ("r000", "r003", "1", 0, -1),
        ("r000", "r004", "crossing", 1, 1),
    )  # fmt: skip
    assert patterns(workspace, MODEL, "compared", 1000) == {(1, 1): 2, (0, -1): 1}


def test_of_many_pairs_some_stand_for_all(workspace: Workspace) -> None:
    scored(workspace, *((f"r{n:03}", "r099", "0", 1, 1) for n in range(90)))
    assert sum(patterns(workspace, MODEL, "compared", 40).values()) == 90
    assert len(workspace.select("select * from compared")) == 90
