"""Weights of compared pairs: the sum over their levels, rarer values weighing more."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import pyarrow as pa
import pytest

from unify.linkage.frequencies import COPIES, PSEUDO_RECORDS, count
from unify.linkage.model import Comparison, Level, Model, shipped
from unify.linkage.scoring import patterns, score
from unify.tables import LinkageFrequency
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
        made.hold(
            "person_record",
            pa.table({"record_id": ids, "place": range(len(NAMES)), "name": NAMES}),
        )
        yield made


def scored(
    workspace: Workspace, *compared: tuple[int, int, bool, int, int], model: Model = MODEL
) -> list[tuple[float, bool, bool]]:
    columns = ("l", "r", "crossing", "name", "phone")
    used = {"rules": 1, "for_scoring": True, "for_training": True}
    workspace.hold(
        "compared",
        pa.Table.from_pylist([dict(zip(columns, pair, strict=True)) | used for pair in compared]),
    )
    workspace.start(LinkageFrequency)
    count(workspace, model)
    score(workspace, model, "compared", "scored")
    return [
        (weight, anchored, crossing)
        for weight, anchored, crossing in workspace.select(
            "select match_weight, anchored, crossing from scored order by l, r"
        )
    ]


def frequency(times: int) -> float:
    return (times - 1 - COPIES + PSEUDO_RECORDS * 0.01) / (len(NAMES) - 1 + PSEUDO_RECORDS)


def test_the_weight_is_the_sum_over_the_levels(workspace: Workspace) -> None:
    ((weight, anchored, _),) = scored(workspace, (0, 1, False, 0, 1))
    assert weight == pytest.approx(math.log2(0.2 / 0.99) + math.log2(0.9 / 0.001))
    assert anchored


def test_what_is_missing_says_nothing(workspace: Workspace) -> None:
    assert scored(workspace, (0, 1, False, -1, -1)) == [(0.0, False, False)]


@pytest.mark.parametrize(("left", "right", "times"), [(0, 1, 98), (98, 99, 2)])
def test_a_value_weighs_by_how_often_others_have_it(
    workspace: Workspace, left: int, right: int, times: int
) -> None:
    ((weight, *_),) = scored(workspace, (left, right, False, 1, -1))
    assert weight == pytest.approx(math.log2(0.8 / frequency(times)))


def test_a_value_that_nobody_had_when_it_was_counted_is_as_rare_as_one_can_be(
    workspace: Workspace,
) -> None:
    scored(workspace, (98, 99, False, 1, -1))
    workspace.connection.execute("update person_record set name = 'verdi' where place >= 98")
    score(workspace, MODEL, "compared", "scored")
    ((weight,),) = workspace.select("select match_weight from scored")
    never = PSEUDO_RECORDS * 0.01 / (len(NAMES) - 1 + PSEUDO_RECORDS)
    assert weight == pytest.approx(math.log2(0.8 / never))


def test_a_rare_name_does_without_an_anchor_and_a_common_one_does_not(
    workspace: Workspace,
) -> None:
    common, rare = scored(workspace, (0, 1, False, 1, -1), (98, 99, False, 1, -1))
    assert (common[1], rare[1]) == (False, True)


def test_a_pair_of_two_kinds_is_marked(workspace: Workspace) -> None:
    first, second = scored(workspace, (0, 1, True, 1, 1), (2, 3, False, 1, 1))
    assert (first[2], second[2]) == (True, False)


def test_patterns_are_counted_without_pairs_of_two_kinds(workspace: Workspace) -> None:
    scored(
        workspace,
        (0, 1, False, 1, 1), (0, 2, False, 1, 1), (0, 3, False, 0, -1), (0, 4, True, 1, 1),
    )  # fmt: skip
    assert patterns(workspace, MODEL, "compared", "for_training") == {(1, 1): 2, (0, -1): 1}
    assert patterns(workspace, MODEL, "compared", "for_training", stands_for=5) == {
        (1, 1): 10,
        (0, -1): 5,
    }
