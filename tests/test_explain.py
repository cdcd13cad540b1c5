"""Why records are together or not: every verdict in a world small enough to judge by eye."""

from __future__ import annotations

import json
import math
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.golden.test_example import EXAMPLE
from tests.projects import CRM, Project, made
from tests.quality.italian_contacts import write_project
from tests.test_match import HEADER, OTHERS, rows
from unify import ledger
from unify.decisions import Judgement
from unify.errors import ConfigError, WorkspaceError
from unify.explain import Explanation, explain
from unify.linkage.clustering import Reason
from unify.linkage.model import shipped
from unify.linkage.strongest import Step, strongest_path
from unify.match import most_unanchored
from unify.publication import current
from unify.verdict import Verdict, evidence
from unify.wording import wording
from unify.workspace import published

WORLD = rows(
    # One, told by mobile and home; the third has its mailbox from the second.
    "1,Giuseppe,Parisi,,,333 1234567,,Via Roma 1,Bergamo,24121",
    "2,Beppe,Parisi,,beppe.parisi71@tiscali.it,3331234567,,Via Roma 1,Bergamo,24121",
    "3,Giuseppe,Parisi,,beppe.parisi71@tiscali.it",
    # Two by their codici fiscali, and a record that fits either.
    "4,Mario,Bianchi,,mario@alfa.it,3401234567,,Via Po 1,Bergamo,24121,,RSSMRA45C12F205C",
    "5,Mario,Bianchi,,mario@alfa.it,3401234567,,Via Po 1,Bergamo,24121,,",
    "13,Mario,Bianchi,,mario@alfa.it,3401234567,,Via Po 1,Bergamo,24121,,MRTNTN23M02D969P",
    # Two that a steward keeps apart.
    "6,Elena,Marchetti,,elena.marchetti@libero.it,3289876543",
    "7,Elena,Marchetti,,elena.marchetti@libero.it,3289876543",
    # Namesakes of one town.
    "8,Mario,Rossi,,,,,,Roma,00184",
    "9,Mario,Rossi,,,,,,Roma,00184",
    "20,,,Officine Rossi S.r.l.,info@officinerossi.it,,035 123456,Via dell'Industria 4,Bergamo,24121",
    "21,,,OFFICINE ROSSI SRL,info@officinerossi.it,,035123456,Via Industria 4,Bergamo,24121",
)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The world above, published; a steward has spoken before."""
    files = {"crm.csv": "\n".join([HEADER, *WORLD, *OTHERS])}
    project = made(tmp_path_factory.mktemp("explained"), files=files)
    project.decide("crm:6", "crm:7", Judgement.DIFFERENT)
    project.run()
    return project


def explained(project: Project, left: str, right: str) -> Explanation:
    return explain(project.generations, project.folder / ledger.FILE, left, right)


def said(found: Explanation) -> str:
    return "\n".join((found.said, *found.details))


def test_what_joined_two_is_told_in_words_and_weights(world: Project) -> None:
    found = explained(world, "crm:1", "crm:2")
    assert (found.verdict, found.left_customer) == ("joined", found.right_customer)
    lines = {line.comparison: line for line in found.lines}
    assert (lines["given_name"].left, lines["given_name"].right) == ("giuseppe", "beppe")
    assert lines["given_name"].found == "one is a short form of the other"
    assert lines["contact"].level == "same mobile"
    assert "+393331234567" in lines["contact"].left
    assert lines["contact"].weight > 5
    assert "Nothing to compare: middle name, birth date, year in an e-mail, codice fiscale" in said(
        found
    )


def test_the_order_of_the_question_is_that_of_the_answer(world: Project) -> None:
    found = explained(world, "crm:2", "crm:1")
    (given,) = (line for line in found.lines if line.comparison == "given_name")
    assert (found.left, given.left, given.right) == ("crm:2", "beppe", "giuseppe")


def test_who_is_joined_through_a_third_record_is_told_by_which(world: Project) -> None:
    found = explained(world, "crm:1", "crm:3")
    assert found.verdict == "through"
    assert [step[:2] for step in found.path] == [("crm:1", "crm:2"), ("crm:2", "crm:3")]
    assert found.said.endswith("they were joined through crm:2.")


def test_what_stands_in_the_way_of_a_likely_pair_is_told(world: Project) -> None:
    found, rival = explained(world, "crm:5", "crm:13"), explained(world, "crm:5", "crm:4")
    assert found.verdict == "refused"
    assert "it fits another customer as well, which is told apart from this one." in said(found)
    assert f"whose match weight is {rival.match_weight:+.1f}." in said(found)
    (refusal,) = found.refusals
    assert {refusal["witness_l"], refusal["witness_r"]} == {"crm:4", "crm:5"}


def test_what_fits_either_of_a_couple_is_neither_s(tmp_path: Path) -> None:
    couple = rows(
        "1,Mario,Russo,,russo22@alice.it,3331234567,,,,,1950-02-01",
        "2,Chiara,Russo,,russo22@alice.it,3331234567,,,,,1983-11-23",
        "3,,Russo,,russo22@alice.it",
    )
    files = {"crm.csv": "\n".join([HEADER, *couple, *OTHERS])}
    project = made(tmp_path, f"{CRM}[match]\nauto_merge = 0.90\n", files)
    project.run()
    assert len({project.customers()[f"crm:{n}"] for n in (1, 2, 3)}) == 3
    for one in ("crm:1", "crm:2"):
        assert explained(project, one, "crm:3").verdict == "refused"


def test_different_identifiers_are_told(world: Project) -> None:
    found = explained(world, "crm:4", "crm:13")
    assert found.left_customer != found.right_customer
    told = "crm:4 has RSSMRA45C12F205C, crm:13 has MRTNTN23M02D969P."
    assert told in said(found)


def test_a_decision_is_told_with_who_made_it(world: Project) -> None:
    found = explained(world, "crm:6", "crm:7")
    assert found.verdict == "refused"
    assert "anna keeps crm:6 and crm:7 apart" in said(found)
    assert "a decision keeps them apart" in said(found)
    assert found.match_probability and found.match_probability > found.auto_merge


def test_a_decision_that_was_made_since_is_told_to_be_pending(world: Project) -> None:
    with ledger.opened(world.folder / ledger.FILE) as opened:
        (told,) = opened.decisions()
    later = made(
        world.folder.parent / "later", files={"crm.csv": (world.folder / "crm.csv").read_bytes()}
    )
    later.run(-9)
    later.decide(told.left_record, told.right_record, Judgement.DIFFERENT)
    found = explained(later, "crm:6", "crm:7")
    assert found.verdict == "joined"
    assert "from the next `unify match` on" in said(found)


def test_how_far_evidence_falls_short_is_told_and_what_caps_it(world: Project) -> None:
    found = explained(world, "crm:8", "crm:9")
    assert found.verdict == "below"
    assert found.match_weight is not None
    short = math.log2(found.auto_merge / (1 - found.auto_merge)) - found.match_weight
    assert f"their evidence is {short:.1f} below what a merge takes" in found.said


def test_who_was_never_compared_is_told_what_it_would_have_come_to(world: Project) -> None:
    found = explained(world, "crm:1", "crm:4")
    assert found.verdict == "never_compared"
    told = "None of the 28 blocking rules finds them: they agree neither on codice fiscale; e-mail;"
    assert told in said(found)
    assert f"would be {found.match_probability:.6f}" in said(found)


def test_a_person_and_a_firm_are_told_to_be_two_kinds(world: Project) -> None:
    found = explained(world, "crm:1", "crm:20")
    assert found.verdict == "two_kinds"
    assert "crm:1 is a person's record, crm:20 a firm's" in found.said


def test_of_two_customers_the_records_that_speak_most_for_one_are_explained(world: Project) -> None:
    customers = world.customers()
    found = explained(world, customers["crm:6"], customers["crm:7"])
    assert (found.left, found.right) == ("crm:6", "crm:7")
    together = explained(world, customers["crm:1"], "crm:3")
    assert (together.left, together.right) == ("crm:2", "crm:3")


def test_of_two_customers_without_a_scored_pair_the_likeliest_is_explained(world: Project) -> None:
    customers = world.customers()
    found = explained(world, customers["crm:1"], customers["crm:8"])
    assert found.verdict == "never_compared"
    assert found.left in ("crm:1", "crm:2", "crm:3")
    assert (found.right, found.pairs) == ("crm:8", ())


def test_an_unknown_record_is_named_with_the_nearest(world: Project) -> None:
    with pytest.raises(ConfigError, match="Did you mean 'crm:n12'"):
        explained(world, "crm:n12x", "crm:1")
    with pytest.raises(ConfigError, match="one and the same record"):
        explained(world, "crm:1", "crm:1")


def test_it_is_plain_text_in_a_pipe_and_one_object_as_json(world: Project) -> None:
    told = world.unify("explain", "crm:1", "crm:2")
    assert told.code == 0, told.stderr
    assert "given name\tone is a short form of the other\tgiuseppe\tbeppe\t+" in told.stdout
    result = json.loads(world.unify("explain", "crm:1", "crm:3", "--json").stdout)
    assert result["verdict"] == "through"
    assert [step["right"] for step in result["path"]] == ["crm:2", "crm:3"]
    assert world.unify("explain", "crm:1", "crm:nobody").code == 2


def test_it_needs_neither_workspace_nor_ledger(world: Project, tmp_path: Path) -> None:
    copy = Project(tmp_path / "copy")
    shutil.copytree(world.folder, copy.folder, symlinks=True)
    for name in ("unify.duckdb", ledger.FILE):
        (copy.folder / name).unlink()
    assert explained(copy, "crm:1", "crm:2") == explained(world, "crm:1", "crm:2")


def test_a_generation_that_cannot_be_explained_is_said_to_be_so(
    world: Project, tmp_path: Path
) -> None:
    copy = Project(tmp_path / "copy")
    shutil.copytree(world.folder, copy.folder, symlinks=True)
    with duckdb.connect(copy.golden / "golden.duckdb") as database:
        database.execute("drop table linkage_level")
    with pytest.raises(WorkspaceError, match="does not hold what explains it"):
        explained(copy, "crm:1", "crm:2")


def test_every_verdict_and_reason_has_its_words() -> None:
    texts = wording().texts
    assert {verdict.value for verdict in Verdict} == set(texts["verdicts"])
    assert {reason.value for reason in Reason} == set(texts["reasons"])


@pytest.mark.parametrize("kind", ["person", "organization"])
def test_every_comparison_and_blocking_key_has_its_words(kind: str) -> None:
    words, model = wording(), shipped(kind)
    for comparison in model.comparisons:
        assert comparison.name in words.texts["comparisons"]
        assert comparison.name in words.texts["shows"]
    keys = {key.removesuffix("[]") for rule in model.blocking for key in rule.keys}
    assert keys <= set(words.texts["keys"])


def test_the_strongest_way_is_that_of_the_strongest_weakest_link() -> None:
    links = [Step("a", "b", 9.0), Step("b", "d", 8.0), Step("a", "c", 20.0), Step("c", "d", 7.0)]
    assert [step.right for step in strongest_path(links, "a", "d")] == ["b", "d"]
    assert strongest_path(links, "a", "e") == ()
    direct = [*links, Step("a", "d", 8.0)]
    assert [step.right for step in strongest_path(direct, "a", "d")] == ["d"]


@pytest.fixture(scope="module", params=["example", "generated"])
def compared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The example, and generated contacts, after a run."""
    folder = tmp_path_factory.mktemp(request.param) / "project"
    if request.param == "example":
        left_out = shutil.ignore_patterns("golden", ".*", "unify.duckdb*", "ledger.sqlite*")
        shutil.copytree(EXAMPLE, folder, ignore=left_out)
    else:
        write_project(folder, 1200, 7)
    project = Project(folder)
    project.run()
    return project


def test_what_is_explained_is_what_was_scored(compared: Project) -> None:
    place = current(compared.generations)
    with published(place) as database:
        held = evidence(database, place.parent, compared.folder / "none", "", "")
        scored: list[dict[str, Any]] = (
            database.connection.sql("select * from scored_pair").to_arrow_table().to_pylist()
        )
        weights = held.weighed((row["record_id_l"], row["record_id_r"]) for row in scored)
    assert len(scored) > 500
    for row in scored:
        weighed = weights[row["record_id_l"], row["record_id_r"]]
        assert weighed.capped(most_unanchored(0.99)) == pytest.approx(row["match_weight"], abs=1e-6)
        assert weighed.crossing == row["crossing"]
        summed = sum(finding.weight for finding in weighed.findings)
        prior = math.log2(weighed.prior / (1 - weighed.prior))
        assert weighed.weight == pytest.approx(prior + summed, abs=1e-6)
