"""Precision and recall against a truth, by small cases that can be counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from unify.errors import ConfigError
from unify.evaluate import Evaluation, Judged, judge, read_truth


def judged(*records: str) -> Evaluation:
    """Records as `entity customer`, one letter each."""
    return judge([Judged("crm", record[0], record[1], "person") for record in records])


@pytest.mark.parametrize(
    ("records", "precision", "recall"),
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
def test_pairwise(records: list[str], precision: float, recall: float) -> None:
    found = judged(*records).pairwise
    assert (found.precision, found.recall) == pytest.approx((precision, recall))


@pytest.mark.parametrize(
    ("records", "precision", "recall"),
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
def test_b_cubed(records: list[str], precision: float, recall: float) -> None:
    found = judged(*records)
    assert (found.bcubed_precision, found.bcubed_recall) == pytest.approx((precision, recall))


def test_f1_is_the_harmonic_mean() -> None:
    found = judged("a1", "a1", "b1", "b2", "c2")
    assert found.pairwise.f1 == pytest.approx(1 / 3)
    assert judged("a1", "a2", "b3", "c3").pairwise.f1 == 0
    assert found.bcubed_f1 == pytest.approx(2 / (1 / (8 / 15) + 1 / (4 / 5)))


def test_scores_within_a_source_count_its_own_pairs_alone() -> None:
    records = [
        Judged("crm", "a", "1", "person"),
        Judged("crm", "b", "1", "organization"),
        Judged("erp", "a", "1", "person"),
        Judged("erp", "a", "1", "person"),
    ]
    found = judge(records)
    assert (found.by_source["crm"].precision, found.by_source["erp"].precision) == (0, 1)
    assert found.by_kind["person"].precision == 1
    assert found.pairwise.precision == pytest.approx(3 / 6)


def test_a_truth_is_source_key_and_entity(tmp_path: Path) -> None:
    file = tmp_path / "truth.csv"
    file.write_text("\ufeffsource,source_key,entity\ncrm, 007 ,P-1\n", encoding="utf-8")
    assert read_truth(file) == {("crm", "007"): "P-1"}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (None, "no such file"),
        (b"source,key,entity\ncrm,1,P-1\n", "no column source_key"),
        (b"source,source_key,entity\ncrm,1,\xe0\n", "cannot be read as UTF-8"),
    ],
)
def test_a_malformed_truth_is_refused(tmp_path: Path, written: bytes | None, said: str) -> None:
    file = tmp_path / "truth.csv"
    if written is not None:
        file.write_bytes(written)
    with pytest.raises(ConfigError, match=said) as caught:
        read_truth(file)
    assert caught.value.exit_code == 2
