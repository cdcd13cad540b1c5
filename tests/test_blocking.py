"""Candidate pairs: what rules find, within a budget that does not grow with the data."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pyarrow as pa
import pytest

from unify.linkage.blocking import BlockingCost, Limits, block
from unify.linkage.model import BlockingRule, Model, shipped
from unify.workspace import Workspace, opened


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with opened(None) as made:
        yield made


def model(*rules: Sequence[str]) -> Model:
    blocking = tuple(BlockingRule(" + ".join(keys), tuple(keys)) for keys in rules)
    return replace(shipped("person"), table="person_record", blocking=blocking)


def records(workspace: Workspace, **columns: Sequence[object]) -> None:
    """Records `r00`, `r01`, …, of the model's kind unless `of_kind` says otherwise."""
    size = len(next(iter(columns.values())))
    ids = [f"r{n:02}" for n in range(size)]
    kinds = {"of_kind": [True] * size, "other_kind": [False] * size}
    known = {"record_id": ids, "place": range(size), **kinds}
    workspace.hold("person_record", pa.table({**known, **columns}))


def pairs(
    workspace: Workspace, made: Model, *, always: int = 10, largest: int = 400, budget: int = 1000
) -> tuple[list[tuple[int, int, int]], tuple[BlockingCost, ...]]:
    limits = Limits(always, largest, budget, widest=budget, training=1000)
    costs = block(workspace, made, limits).costs
    found = workspace.select("select rules, l, r from candidate_pair order by l, r")
    return [(rules, left, right) for rules, left, right in found], costs


def test_records_that_agree_on_all_keys_of_a_rule_are_compared_once(workspace: Workspace) -> None:
    records(workspace, name=["a", "a", "b", "a"], town=["x", "x", "x", "y"])
    found, costs = pairs(workspace, model(["name", "town"], ["name"]))
    assert found == [(0b11, 0, 1), (0b10, 0, 3), (0b10, 1, 3)]
    assert [cost.pairs for cost in costs] == [1, 3]


def test_nothing_known_is_nothing_in_common(workspace: Workspace) -> None:
    records(workspace, name=[None, None, "a"], town=["x", "x", "x"])
    assert pairs(workspace, model(["name", "town"]))[0] == []


def test_a_list_is_a_key_for_each_of_its_values(workspace: Workspace) -> None:
    records(workspace, phones=[["1", "2"], ["2", "3"], ["3"], None])
    found, _ = pairs(workspace, model(["phones[]"]))
    assert [pair[1:] for pair in found] == [(0, 1), (1, 2)]


def test_a_block_of_too_many_is_left_out_and_told(workspace: Workspace) -> None:
    records(workspace, name=["rossi"] * 6 + ["bianchi"] * 2)
    found, (cost,) = pairs(workspace, model(["name"]), always=2, largest=5)
    assert [pair[1:] for pair in found] == [(6, 7)]
    assert (cost.pairs, cost.records_left_out) == (1, 6)


def test_the_budget_goes_to_the_smaller_blocks_first(workspace: Workspace) -> None:
    records(workspace, name=["a"] * 5 + ["b"] * 4 + ["c"] * 3)
    _, (cost,) = pairs(workspace, model(["name"]), always=0, budget=9)
    assert (cost.pairs, cost.records_left_out) == (3 + 6, 5)


def test_a_small_block_is_always_opened(workspace: Workspace) -> None:
    records(workspace, name=["a", "a", "b", "b"])
    _, (cost,) = pairs(workspace, model(["name"]), always=2, budget=0)
    assert (cost.pairs, cost.records_left_out) == (2, 0)


def test_a_pair_of_two_kinds_says_so_and_one_of_the_other_kind_is_not_there(
    workspace: Workspace,
) -> None:
    records(
        workspace,
        name=["a", "a", "a"],
        of_kind=[True, False, False],
        other_kind=[False, True, True],
    )
    pairs(workspace, model(["name"]))
    found = workspace.select("select l, r, crossing from candidate_pair order by l, r")
    assert found == [(0, 1, True), (0, 2, True)]


def test_a_record_whose_kind_is_open_is_compared_like_one_of_the_kind(workspace: Workspace) -> None:
    records(workspace, name=["a", "a"], of_kind=[True, False])
    pairs(workspace, model(["name"]))
    assert workspace.select("select crossing from candidate_pair") == [(False,)]


def test_a_rule_can_say_itself_how_large_its_blocks_may_be(workspace: Workspace) -> None:
    records(workspace, name=["a"] * 4, town=["x"] * 4)
    (by_name, by_town) = model(["name"], ["town"]).blocking
    made = replace(model(), blocking=(replace(by_name, largest=3), by_town))
    found, _ = pairs(workspace, made, always=2)
    assert {rules for rules, *_ in found} == {0b10}


def test_pairs_that_are_too_many_to_score_still_teach(workspace: Workspace) -> None:
    records(workspace, name=["a"] * 300 + ["b"] * 2)
    limits = Limits(2, 400, budget=5, widest=100_000, training=5_000)
    made = block(workspace, model(["name"]), limits)
    scored, taught = workspace.select(
        "select count(*) filter (where for_scoring), count(*) filter (where for_training)"
        " from candidate_pair"
    )[0]
    assert (scored, made.stands_for) == (1, 9)
    # All pairs among some of the records: whole, and about as many as they stand for.
    some = (1 + math.isqrt(1 + 8 * taught)) // 2
    assert taught == some * (some - 1) // 2
    assert some * 3 == pytest.approx(300, rel=0.3)
    assert [cost.records_left_out for cost in made.costs] == [300]


def test_the_pairs_of_a_record_do_not_grow_with_the_data(workspace: Workspace) -> None:
    # Names as they are in life: the more records, the more of every name.
    found = []
    for size in (1000, 4000):
        names = [f"n{int(size**0.5 * (n % 97) / (n % 97 + 7))}" for n in range(size)]
        ids = [f"r{n:05}" for n in range(size)]
        workspace.hold(
            "person_record",
            pa.table(
                {
                    "record_id": ids,
                    "place": range(size),
                    "of_kind": [True] * size,
                    "other_kind": [False] * size,
                    "name": names,
                }
            ),
        )
        _, (cost,) = pairs(workspace, model(["name"]), always=2, budget=3 * size)
        found.append(cost.pairs / size)
    assert max(found) <= 3
