"""Fitted models are kept: reused while they hold, fitted anew when told to, or when data drift."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.projects import Project, made
from tests.test_match import HEADER, OTHERS
from unify.fields import ORGANIZATION, PERSON
from unify.linkage.drift import CHANGED, Met, drifted, stability_index
from unify.linkage.model import shipped
from unify.linkage.training import train
from unify.linkage.written import Fitted, level_rows, model_row, read_fitted
from unify.workspace import opened

MORE = [
    f"m{n},{given},{family},,{given.lower()}.{family.lower()}{n}@gmail.com,34{n:08},,Via Adda {n},Lecco,23900,,"
    for n, (given, family) in enumerate(
        (given, family)
        for given in ("Aldo", "Bice", "Ciro", "Dina", "Enzo", "Furio", "Gaia", "Ivo", "Lea")
        for family in ("Bruno", "Russo", "Villa", "Riva", "Gatti", "Fontana", "Sala", "Longo")
    )
]


@pytest.fixture
def people(tmp_path: Path) -> Project:
    """A project of people, after its first run."""
    project = made(tmp_path, files={"crm.csv": "\n".join([HEADER, *OTHERS])})
    project.run()
    return project


def model(project: Project) -> dict[str, Any]:
    """What is published of the model of people."""
    (one,) = [entry["model"] for entry in project.summary["linkage"] if entry["kind"] == PERSON]
    return dict(one)


def grown(project: Project, *rows: str) -> None:
    project.write("crm.csv", "\n".join([HEADER, *OTHERS, *rows]))


def test_a_later_run_compares_by_the_model_that_an_earlier_one_fitted(people: Project) -> None:
    first = model(people)
    grown(people, *MORE[:8])
    people.run(1)
    assert model(people) == {**first, "reused": True}
    assert first["run_id"] == "run-20260512T060000Z"
    assert (first["reused"], first["why"], first["records"]) == (False, "", len(OTHERS))


def test_doing_all_anew_leaves_the_model(people: Project) -> None:
    version = model(people)["version"]
    assert people.unify("match", "--full").code == 0
    assert (model(people)["version"], model(people)["reused"]) == (version, True)


def test_retraining_fits_the_records_of_now(people: Project) -> None:
    before = model(people)
    grown(people, *MORE[:8])
    people.run(1, retrain=True)
    after = model(people)
    assert after["version"] != before["version"]
    assert (after["records"], after["reused"]) == (len(OTHERS) + 8, False)
    assert after["why"] == "a new one was asked for"


def test_retraining_on_the_same_records_gives_the_same_model(people: Project) -> None:
    before = model(people)
    people.run(1, retrain=True)
    assert {**model(people), "why": ""} == before


def test_twice_the_records_are_another_population(people: Project) -> None:
    grown(people, *MORE)
    report = people.run(1)
    assert report.summary["linkage"][0]["model"]["why"] == (
        f"it was fitted to {len(OTHERS)} records, and there are {len(OTHERS) + len(MORE)}"
    )


def test_a_dry_run_leaves_the_model_as_it_is(people: Project) -> None:
    before = model(people)
    grown(people, *MORE[:8])
    people.run(1, dry_run=True, retrain=True)
    people.run(2)
    assert model(people)["version"] == before["version"]


def test_a_lost_workspace_is_said(people: Project) -> None:
    (people.folder / "unify.duckdb").unlink()
    people.run(1)
    assert model(people)["why"] == "the one that was published with is not in the workspace"


def test_a_model_that_started_from_another_is_fitted_anew(people: Project) -> None:
    with opened(people.folder / "unify.duckdb") as workspace:
        workspace.connection.execute("update fitted_model set shipped = 'another'")
    people.run(1)
    assert model(people)["why"] == "the model that it starts from has changed"


def test_the_run_says_why_it_fitted_a_model_anew(people: Project) -> None:
    grown(people, *MORE)
    assert "the model of kind person was fitted anew: it was fitted to" in (
        people.unify("match").stderr
    )


NUMBERS = range(-1, 3)
USUAL = {-1: 100.0, 0: 800.0, 1: 60.0, 2: 40.0}


def test_the_stability_index_is_nought_for_the_same_shares_alone() -> None:
    thrice = {number: 3 * count for number, count in USUAL.items()}
    assert stability_index(NUMBERS, USUAL, USUAL) == 0
    assert stability_index(NUMBERS, USUAL, thrice) == pytest.approx(0, abs=1e-4)
    # (0.5 - 0.1) ln 5 + (0.4 - 0.8) ln 0.5, but for the halves.
    emptied = {**USUAL, -1: 500.0, 0: 400.0}
    assert stability_index(NUMBERS, USUAL, emptied) == pytest.approx(0.921, abs=0.01)


def test_drift_is_told_where_chance_cannot_explain_it() -> None:
    (employer,) = [one for one in shipped(PERSON).comparisons if one.name == "employer"]
    one = replace(shipped(PERSON), comparisons=(employer,))

    def found(then: dict[int, float], now: dict[int, float]) -> str:
        return drifted(one, 2000, 2000, Met((then,), ({},)), Met((now,), ({},)))

    emptied = {-1: 950.0, 0: 50.0}
    assert found(USUAL, emptied).startswith("'employer' has drifted among candidate pairs")
    assert found(USUAL, {**USUAL, 0: 700.0, 1: 160.0}) == ""
    few = {number: count / 100 for number, count in emptied.items()}
    assert stability_index(NUMBERS, USUAL, few) > CHANGED
    assert found({number: count / 100 for number, count in USUAL.items()}, few) == ""


@pytest.mark.parametrize("kind", [PERSON, ORGANIZATION])
def test_a_model_comes_back_as_it_was_written(kind: str) -> None:
    fitted_model = train(shipped(kind), {}, {}, records=500).model
    met = tuple({-1: 3.0, 0: 4.0} for _ in fitted_model.comparisons)
    fitted = Fitted(fitted_model, "shipped", "run", 500, Met(met, met))
    rows = list(level_rows(fitted, fitted.met))
    again = read_fitted(fitted_model.table, model_row(fitted), rows)
    assert again == fitted
    assert again.version == fitted.version


def test_what_comes_later_leaves_the_weights_of_pairs_as_they_were(people: Project) -> None:
    def weights() -> dict[tuple[str, str], float]:
        with duckdb.connect(people.golden / "golden.duckdb", read_only=True) as database:
            rows = database.sql("select * exclude (crossing, parted) from scored_pair").fetchall()
        return {(left, right): weight for left, right, weight, _ in rows}

    before = weights()
    grown(people, *MORE[:8])
    people.run(1)
    assert model(people)["reused"]
    assert before.items() <= weights().items()
