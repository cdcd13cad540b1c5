"""Precision and recall of a grouping, by small cases that can be counted by hand."""

from __future__ import annotations

import pytest

from unify.scores import Judged, Mixture, Scores, judge, judge_within, largest_mixture


def records(*written: str) -> list[Judged]:
    """Records as `entity customer`, one letter each."""
    return [Judged("crm", record[0], record[1], "person") for record in written]


def judged(*written: str) -> Scores:
    return judge(records(*written))


@pytest.mark.parametrize(
    ("written", "precision", "recall"),
    [
        (["a1", "a1", "b2"], 1, 1),
        (["a1", "a2", "b3"], 1, 0),
        (["a1", "b1", "c1"], 0, 1),
        (["a1", "b2"], 1, 1),
        # Joined: 1-2, 1-3, 2-3, 4-5; true: 1-2, 3-4; right: 1-2.
        (["a1", "a1", "b1", "b2", "c2"], 1 / 4, 1 / 2),
        # Joined: 1-2; true: 1-2, 1-3, 2-3; right: 1-2.
        (["a1", "a1", "a2"], 1, 1 / 3),
        ([], 1, 1),
    ],
)
def test_pairwise(written: list[str], precision: float, recall: float) -> None:
    found = judged(*written).pairwise
    assert (found.precision, found.recall) == pytest.approx((precision, recall))


@pytest.mark.parametrize(
    ("written", "precision", "recall"),
    [
        (["a1", "a1", "b2"], 1, 1),
        (["a1", "a2", "b3"], 1, (1 / 2 + 1 / 2 + 1) / 3),
        (["a1", "b1", "c1"], 1 / 3, 1),
        (
            ["a1", "a1", "b1", "b2", "c2"],
            (2 / 3 + 2 / 3 + 1 / 3 + 1 / 2 + 1 / 2) / 5,
            (1 + 1 + 1 / 2 + 1 / 2 + 1) / 5,
        ),
        ([], 1, 1),
    ],
)
def test_b_cubed(written: list[str], precision: float, recall: float) -> None:
    found = judged(*written).bcubed
    assert (found.precision, found.recall) == pytest.approx((precision, recall))


def test_f1_is_the_harmonic_mean() -> None:
    found = judged("a1", "a1", "b1", "b2", "c2")
    assert found.pairwise.f1 == pytest.approx(1 / 3)
    assert judged("a1", "a2", "b3", "c3").pairwise.f1 == 0
    assert found.bcubed.f1 == pytest.approx(2 / (1 / (8 / 15) + 1 / (4 / 5)))


def test_scores_within_a_source_count_its_own_records_alone() -> None:
    held = [
        Judged("crm", "a", "1", "person"),
        Judged("crm", "b", "1", "organization"),
        Judged("erp", "a", "1", "person"),
        Judged("erp", "a", "1", "person"),
    ]
    by_source = judge_within(held, lambda record: record.source)
    crm, erp = by_source["crm"], by_source["erp"]
    assert (crm.records, crm.pairwise.precision, crm.bcubed.precision) == (2, 0, 1 / 2)
    assert (erp.records, erp.pairwise.precision, erp.bcubed.precision) == (2, 1, 1)
    assert judge(held).pairwise.precision == pytest.approx(3 / 6)


@pytest.mark.parametrize(
    ("written", "mixture"),
    [
        (["a1", "a1", "a1", "b2"], None),
        (["a1", "a1", "a1", "b2", "c2"], Mixture("2", 2, 2)),
        (["a1", "b1", "a2", "a2", "b2"], Mixture("2", 3, 2)),
        (["a2", "b2", "a1", "b1"], Mixture("1", 2, 2)),
    ],
)
def test_the_largest_customer_of_several_entities(
    written: list[str], mixture: Mixture | None
) -> None:
    assert largest_mixture(records(*written)) == mixture
