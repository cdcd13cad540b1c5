"""A truth against what is published: what is judged, what is listed, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.projects import Project, made
from unify.errors import ConfigError
from unify.evaluate import Band, Evaluation, FalseMerge, Threshold, evaluate
from unify.truth import read_truth

HEADER = "source,source_key,entity\n"
TOML = """
[sources.crm]
path = "crm.csv"
key = "Id"
[sources.erp]
path = "erp.csv"
key = "Id"
"""
# The tax id makes one customer of crm:1, crm:2 and erp:1. erp:2 is of nobody else's kind.
CRM = """Id,Nome,Cognome,Codice fiscale,Cellulare,Email
1,Anna,Rossi,RSSNNA80A41A794B,347 1234567,anna.rossi@libero.it
2,Anna,Rossi,RSSNNA80A41A794B,347 1234567,anna.rossi@libero.it
3,Ugo,Ferri,,348 7654321,ugo.ferri@gmail.com
"""
ERP = """Id,Nome,Cognome,Azienda,Codice fiscale,Cellulare,Email
1,Anna,Rossi,,RSSNNA80A41A794B,347 1234567,anna.rossi@libero.it
2,,,Rondamec S.r.l.,,,
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Four customers: Anna of three records, Ugo, and a firm."""
    files = {"crm.csv": CRM, "erp.csv": ERP}
    project = made(tmp_path_factory.mktemp("evaluated"), TOML, files)
    project.run()
    held = project.customers()
    assert held["crm:1"] == held["crm:2"] == held["erp:1"]
    assert len(set(held.values())) == 3
    return project


def evaluated(project: Project, *told: str) -> Evaluation:
    """The evaluation by rows of `source,source_key,entity`."""
    project.write("truth.csv", HEADER + "".join(f"{row}\n" for row in told))
    return evaluate(project.generations, project.folder / "truth.csv")


def test_only_records_of_the_truth_are_judged(published: Project) -> None:
    found = evaluated(published, "crm,1,a", "erp,1,a")
    assert (found.overall.records, found.not_published) == (2, 0)
    assert (found.overall.pairwise.precision, found.overall.pairwise.recall) == (1, 1)
    assert list(found.by_source) == ["crm", "erp"]
    assert list(found.by_kind) == ["person"]
    assert (found.largest_mixture, found.false_merges, found.misses) == (None, (), ())


def test_a_false_merge_is_listed_with_its_probability(published: Project) -> None:
    found = evaluated(published, "crm,1,a", "crm,2,b", "crm,3,c")
    customer = published.customers()["crm:1"]
    (merge,) = found.false_merges
    assert merge == FalseMerge("crm:1", "crm:2", customer, merge.match_probability)
    assert merge.match_probability is not None
    assert merge.match_probability >= 0.99
    assert found.largest_mixture is not None
    assert (found.largest_mixture.customer, found.largest_mixture.records) == (customer, 2)


def test_a_miss_is_listed_with_its_reason(published: Project) -> None:
    found = evaluated(published, "crm,1,a", "crm,3,a", "erp,2,a", "crm,9,a")
    assert found.not_published == 1
    assert found.overall.pairwise.recall == 0
    reasons = {(m.record_id_l, m.record_id_r): m.reason for m in found.misses}
    assert reasons == {
        ("crm:1", "crm:3"): "never compared, or hopeless",
        ("crm:1", "erp:2"): "a person and an organization",
        ("crm:3", "erp:2"): "a person and an organization",
        ("crm:1", "crm:9"): "not published",
        ("crm:3", "crm:9"): "not published",
        ("crm:9", "erp:2"): "not published",
    }
    assert found.misses_by_reason == {
        "not published": 3,
        "a person and an organization": 2,
        "never compared, or hopeless": 1,
    }


def test_thresholds_and_bands_count_scored_pairs(published: Project) -> None:
    found = evaluated(published, "crm,1,a", "crm,2,b", "erp,1,a", "crm,3,a")
    # Scored: crm:1-crm:2, crm:1-erp:1, crm:2-erp:1, one of them right; three are true.
    assert [t.threshold for t in found.thresholds] == [0.5, 0.8, 0.9, 0.95, 0.99, 0.999]
    assert found.thresholds[0] == Threshold(0.5, 3, pytest.approx(1 / 3), pytest.approx(1 / 3))
    *lower, highest = found.reliability
    assert highest == Band(0.999, 3, highest.predicted, pytest.approx(1 / 3, abs=1e-6))
    assert highest.predicted == pytest.approx(1, abs=0.001)
    assert {(band.pairs, band.predicted, band.observed) for band in lower} == {(0, None, None)}


def test_json_says_all_of_it(published: Project) -> None:
    evaluated(published, "crm,1,a", "crm,2,b", "crm,3,a")
    said = json.loads(published.unify("evaluate", "--json", "truth.csv").stdout)
    assert said["records"] == 3
    assert said["pairwise"] == {"precision": 0, "recall": 0, "f1": 0}
    assert said["bcubed"]["precision"] == pytest.approx(2 / 3)
    assert said["by_source"]["crm"]["records"] == said["by_kind"]["person"]["records"] == 3
    assert said["largest_mixture"]["entities"] == 2
    assert [len(said[name]) for name in ("thresholds", "reliability")] == [6, 9]
    assert said["false_merges"][0]["record_id_l"] == "crm:1"
    assert said["misses"][0]["reason"] in said["misses_by_reason"]


def test_tables_say_it_to_people(published: Project) -> None:
    evaluated(published, "crm,1,a", "crm,2,b", "crm,3,a")
    said = published.unify("evaluate", "truth.csv").stdout
    assert "all\t3\t0.0000\t0.0000\t0.0000\t0.6667" in said
    assert "2 records of 2 entities" in said
    assert "0.999\t1\t0.0000\t0.0000" in said
    assert "never compared, or hopeless\t1" in said


def test_a_truth_is_source_key_and_entity(tmp_path: Path) -> None:
    file = tmp_path / "truth.csv"
    file.write_text("\ufeffsource,source_key,entity\ncrm, 007 ,P-1\ncrm,007,P-1\n", "utf-8")
    assert read_truth(file) == {("crm", "007"): "P-1"}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (None, "no such file"),
        (b"source,key,entity\ncrm,1,P-1\n", "no column source_key"),
        (b"source,source_key,entity\ncrm,1,\xe0\n", "cannot be read as UTF-8"),
        (b"source,source_key,entity\n", "has no rows"),
        (b"source,source_key,entity\ncrm,1,a\ncrm,2,\n", "line 3: a value is empty"),
        (b"source,source_key,entity\ncrm,1,a\ncrm\n", "line 3: a value is empty"),
        (b"source,source_key,entity\ncrm,1,a\ncrm,1,b\n", "line 3: an earlier line gives"),
    ],
)
def test_a_malformed_truth_is_refused(tmp_path: Path, written: bytes | None, said: str) -> None:
    file = tmp_path / "truth.csv"
    if written is not None:
        file.write_bytes(written)
    with pytest.raises(ConfigError, match=said) as caught:
        read_truth(file)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (("crm,1,a", "epr,1,a"), "no record of a source 'epr' is published\nDid you mean 'erp'?"),
        (("crm,x1,a", "erp,x2,a"), "none of the truth's records is published"),
    ],
)
def test_a_truth_of_something_else_is_refused(
    published: Project, told: tuple[str, ...], said: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        evaluated(published, *told)
    assert said in str(caught.value)
    assert caught.value.exit_code == 2


def test_nothing_is_published_yet(tmp_path: Path) -> None:
    project = made(tmp_path, TOML, {"truth.csv": HEADER})
    done = project.unify("evaluate", "truth.csv")
    assert done.code == 2
    assert "the truth has no rows" in done.stderr
