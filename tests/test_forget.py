"""A person who is forgotten is in no byte of the project, and no import brings them back."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from tests.projects import Ended, Project, firms, made
from unify import erasing, ledger
from unify.erasures import unfinished
from unify.pipeline import Outcome
from unify.worksheets import Sheet, write

TOML = """
[sources.crm]
path = "../sources/crm.csv"
key = "Id"
updated = "Modificato"
[sources.posta]
path = "../sources/posta.csv"
key = "Email"
[publish]
min_rows = 0.0
"""
CRM = "Id,Nome,Cognome,Email,Telefono,Indirizzo,Citta,CAP,CF,Modificato,Note\n"
HER = "C7,Ludmilla,Zanchettin,ludmilla.zanchettin@esempio.it,349 7654321,Via dei Glicini 77,Serramazzoni,41028,ZNCLLL80A41F205X,2024-03-01,Vuole la turchese\n"
OTHERS = (
    "C1,Mario,Rossi,mario.rossi@esempio.it,333 1111111,Via Roma 1,Milano,20121,,2024-03-01,\n"
    "C2,Anna,Verdi,anna.verdi@esempio.it,333 2222222,Via Roma 2,Milano,20121,,2024-03-02,\n"
    "C3,Piero,Zanchettin,piero@altro.it,333 3333333,Corso Como 3,Milano,20121,,2024-03-02,\n"
)
POSTA = "Email,Nominativo,Cellulare\n"
HER_MAIL = "ludmilla.zanchettin@esempio.it,Zanchettin Ludmilla,+39 349 7654321\n"
OTHER_MAIL = "mario.rossi@esempio.it,Mario Rossi,\nx@y.it,Luca Neri,\n"
HERS = (
    "ludmilla", "7654321", "glicini", "serramazzoni", "41028", "zncll", "turchese",
)  # fmt: skip


def sources(project: Project, crm: str, posta: str) -> None:
    project.write("../sources/crm.csv", CRM + crm)
    project.write("../sources/posta.csv", POSTA + posta)


@pytest.fixture
def known(published_twice: Path, tmp_path: Path) -> Project:
    """A project that published her twice, with words of stewards on her, and a worksheet."""
    shutil.copytree(published_twice, tmp_path, symlinks=True, dirs_exist_ok=True)
    return Project(tmp_path / "project")


@pytest.fixture(scope="module")
def published_twice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder above such a project and its sources."""
    folder = tmp_path_factory.mktemp("known")
    project = made(folder / "project", TOML)
    # The same row twice: its content stands in set_aside.
    sources(project, HER + HER + OTHERS, HER_MAIL + OTHER_MAIL)
    project.run(0)
    sources(project, HER + HER + OTHERS, HER_MAIL + OTHER_MAIL + "z@y.it,Ugo Neri,\n")
    project.run(1)
    said = ("--by", "anna", "--reason")
    hers = project.customers()["crm:C7"]
    for arguments in (
        ("set", hers, "city", "Serramazzoni", *said, "Ludmilla asked"),
        ("decide", "crm:C7", "crm:C3", "--different", *said, "Ludmilla is a cousin"),
        ("decide", "crm:C1", "crm:C2", "--different", *said, "says ludmilla.zanchettin@esempio.it"),
    ):
        assert project.unify(*arguments).code == 0
    review = project.folder / "review"
    review.mkdir()
    columns = ("case", "side", "decision", "full_name", "source", "source_key")
    rows = [
        ("1", "left", "merge", "Ludmilla Zanchettin", "crm", "C7"),
        ("1", "right", "", "Piero Zanchettin", "crm", "C3"),
        ("2", "left", "keep apart", "Mario Rossi", "crm", "C1"),
        ("2", "right", "", "Anna Verdi", "crm", "C2"),
    ]
    write(review / "open.xlsx", [Sheet("Review", columns, rows)])
    with (review / "open.csv").open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file, delimiter=";").writerows([columns, *rows])
    (review / "notes.ods").write_bytes(b"the lady of Via dei Glicini 77")
    return folder


def told(project: Project) -> Iterator[tuple[Path, str]]:
    """Every file below a project with all that it says: its bytes, and what is packed in them."""
    for file in (path for path in project.folder.rglob("*") if path.is_file()):
        raw = file.read_bytes()
        yield file, raw.decode("utf-8", "replace") + raw.decode("utf-16-le", "replace")
        if file.suffix == ".parquet":
            yield file, str(pq.read_table(file).to_pylist())
        if file.suffix == ".duckdb":
            with duckdb.connect(file, read_only=True) as opened:
                for (name,) in opened.sql("select table_name from duckdb_tables()").fetchall():
                    yield file, str(opened.sql(f'from "{name}"').fetchall())
        if file.suffix == ".xlsx":
            with zipfile.ZipFile(file) as archive:
                yield file, "".join(archive.read(name).decode() for name in archive.namelist())


def assert_forgotten(project: Project, words: tuple[str, ...] = HERS) -> None:
    found = {
        (str(file.relative_to(project.folder)), word)
        for file, said in told(project)
        for word in words
        if word in said.lower()
    }
    assert found == set()


def forgotten(project: Project, who: str = "crm:C7") -> Ended:
    ended = project.unify("forget", who, "--by", "anna", "--reason", "request 17")
    assert ended.code == 0, ended.stderr
    return ended


def test_the_person_is_there_before(known: Project) -> None:
    with pytest.raises(AssertionError):
        assert_forgotten(known)


def test_no_byte_of_the_project_tells_of_a_forgotten_person(known: Project) -> None:
    ended = forgotten(known)
    assert_forgotten(known)
    assert "crm\tC7\tcrm.csv line 2" in ended.stdout
    assert "posta\tludmilla.zanchettin@esempio.it" in ended.stdout
    assert "review/open.xlsx" in ended.stdout


@pytest.mark.parametrize("who", ["customer", "posta:ludmilla.zanchettin@esempio.it"])
def test_a_customer_or_any_of_its_records_means_the_person(known: Project, who: str) -> None:
    forgotten(known, known.customers()["crm:C7"] if who == "customer" else who)
    assert_forgotten(known)


def test_everybody_else_stays_as_they_were(known: Project) -> None:
    before = {row["customer_id"]: row for row in known.published("golden_customers")}
    hers = known.customers()["crm:C7"]
    forgotten(known)
    after = {row["customer_id"]: row for row in known.published("golden_customers")}
    assert after == {one: row for one, row in before.items() if one != hers}
    with ledger.opened(known.folder / ledger.FILE) as opened:
        (kept,) = opened.decisions()
    assert (kept.left_record, kept.right_record, kept.reason) == ("crm:C1", "crm:C2", "erased")
    rows = list(
        csv.reader(
            io.StringIO((known.folder / "review/open.csv").read_text("utf-8-sig")), delimiter=";"
        )
    )
    assert [row[3] for row in rows[1:]] == ["Mario Rossi", "Anna Verdi"]


def test_what_is_told_of_everybody_else_stays_told(known: Project) -> None:
    def others() -> dict[str, set[tuple[object, ...]]]:
        with duckdb.connect(known.golden / "golden.duckdb", read_only=True) as golden:
            return {
                name: set(map(plain, golden.sql(f"from {name}").fetchall()))
                for name in ("events", "linkage_frequency", "linkage_level", "scored_pair")
            }

    def plain(row: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(str(value) if isinstance(value, list) else value for value in row)

    before = others()
    hers = known.customers()["crm:C7"]
    forgotten(known)
    after = others()
    # Her retirement is told on top.
    assert {row for row in after["events"] - before["events"] if row[0] != hers} == set()
    assert before["events"] <= after["events"]
    assert after["linkage_level"] == before["linkage_level"]
    gone = before["linkage_frequency"] - after["linkage_frequency"]
    assert len(after["linkage_frequency"]) > 3
    assert all("ludmilla" in str(row) for row in gone)
    crosswalk = known.published("crosswalk")
    done = known.run(2)
    assert done.summary["events"] == {}
    assert known.published("crosswalk") == crosswalk
    assert others()["scored_pair"] == after["scored_pair"]


def test_every_generation_stays_whole_and_tells_its_sums_anew(known: Project) -> None:
    forgotten(known)
    for folder in (known.golden, *known.generations.folders()):
        summary = json.loads((folder / "run.json").read_text())
        assert summary["customers"] == len(pq.read_table(folder / "golden_customers.parquet"))
        for name, file in summary["files"].items():
            assert (folder / name).is_file()
            assert len(file["sha256"]) == 64
        for source in summary["sources"].values():
            assert source["rows_read"] == source["records"] + source["set_aside"]


def test_the_next_run_sets_the_rows_aside_without_content(known: Project) -> None:
    hers = known.customers()["crm:C7"]
    forgotten(known)
    assert known.run(2).outcome is Outcome.PUBLISHED
    assert_forgotten(known)
    erased = [row for row in known.published("set_aside") if row["reason"] == "erased"]
    assert [(row["source"], row["content"]) for row in erased] == [
        ("crm", ""),
        ("crm", ""),
        ("posta", ""),
    ]
    happened = [row["event"] for row in known.published("events") if row["customer_id"] == hers]
    assert happened == ["created", "retired"]


@pytest.mark.parametrize(
    "row",
    [
        "C99,Ludmilla,Zanchettin,ludmilla.zanchettin@esempio.it,,,,,,,\n",
        "C99,LUDMILLA,ZANCHETTIN,,+39 349/7654321,,,,,,\n",
        'C99,,"Dott.ssa Zanchettin, Ludmilla",,"02 1234567; 0039 3497654321",,,,,,\n',
        "C99,Ludmilla,Zanchettin,,,,,,zncLLL80A41F205X,,\n",
    ],
)
def test_nor_does_she_come_back_under_another_key(known: Project, row: str) -> None:
    forgotten(known)
    sources(known, row + OTHERS, OTHER_MAIL)
    known.run(2)
    assert "crm:C99" not in known.customers()
    assert [r["reason"] for r in known.published("set_aside")] == ["erased"]
    assert_forgotten(known)


@pytest.mark.parametrize(
    "row",
    [
        "C99,Ludmilla,Zanchettin,other@esempio.it,,,,,,,\n",  # a namesake
        "C99,Piero,Zanchettin,,349 7654321,,,,,,\n",  # another, with a phone that was hers
        "C99,,,ludmilla.zanchettin@esempio.it,,,,,,,\n",  # a shared value alone
    ],
)
def test_others_are_not_taken_for_her(known: Project, row: str) -> None:
    forgotten(known)
    sources(known, row + OTHERS, OTHER_MAIL)
    known.run(2)
    assert "crm:C99" in known.customers()


def test_undo_does_not_bring_her_back(known: Project) -> None:
    forgotten(known)
    assert known.unify("undo").code == 0
    assert "crm:C7" not in known.customers()
    assert_forgotten(known)


def test_commands_say_that_she_was_erased(known: Project) -> None:
    hers = known.customers()["crm:C7"]
    forgotten(known)
    for command in (("show", hers), ("explain", hers, "crm:C1")):
        ended = known.unify(*command)
        assert ended.code == 2
        assert "erased" in ended.stderr
    assert known.unify("diff").code == 0
    runs = json.loads(known.unify("runs", "--json").stdout)
    assert runs[-1]["status"] == "erased"
    assert runs[-1]["summary"]["erased"]["customers"] == [hers]


@pytest.mark.parametrize("step", ["_workspace", "_generations", "_candidates", "finish"])
def test_the_next_command_completes_an_erasure_that_died(
    known: Project, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    from unify.decisions import Speaker
    from unify.forget import forget

    with monkeypatch.context() as patched:
        patched.setattr(erasing, step, die)
        with pytest.raises(KeyboardInterrupt):
            forget(known.plan(2), "crm:C7", Speaker("anna", "17", "2026-05-12T06:00:00Z"))
    assert known.run(3).outcome is Outcome.PUBLISHED
    assert_forgotten(known)
    with ledger.opened(known.folder / ledger.FILE) as opened:
        assert unfinished(opened) == []


def test_a_switch_that_was_cut_short_is_completed(
    known: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    from unify.decisions import Speaker
    from unify.forget import forget
    from unify.generations import Generations

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Generations, "_finish_replacing", die)
        with pytest.raises(KeyboardInterrupt):
            forget(known.plan(2), "crm:C7", Speaker("anna", "17", "2026-05-12T06:00:00Z"))
    assert (known.golden / "run.json").is_file()
    assert known.unify("undo").code == 0
    assert_forgotten(known)


def test_a_candidate_that_was_held_back_is_discarded(tmp_path: Path) -> None:
    toml = '[sources.crm]\npath = "../crm.csv"\nkey = "Id"\n'
    project = made(tmp_path / "project", toml, {"../crm.csv": firms(range(40))})
    project.run(0)
    project.write("../crm.csv", firms(range(20)))
    assert project.run(1).outcome is Outcome.HELD
    ended = forgotten(project, "crm:0003")
    assert "was discarded" in ended.stdout
    assert project.unify("match", "--accept", "run-20260512T060100Z").code == 2


def test_the_gate_does_not_count_what_was_erased(tmp_path: Path) -> None:
    toml = '[sources.crm]\npath = "../crm.csv"\nkey = "Id"\n'
    project = made(tmp_path / "project", toml, {"../crm.csv": firms(range(10))})
    project.run(0)
    for number in range(4):
        forgotten(project, f"crm:000{number}")
    project.run(1)
    project.write("../crm.csv", firms(range(4, 10)))
    assert project.run(2).outcome is Outcome.PUBLISHED


def test_what_is_said_of_an_erasure_does_not_repeat_it(known: Project) -> None:
    ended = known.unify("forget", "crm:C7", "--by", "anna", "--reason", "Zanchettin Ludmilla asked")
    assert ended.code == 2
    assert "it repeats what is to be forgotten" in ended.stderr
    assert "crm:C7" in known.customers()


def test_an_unknown_person_is_an_error(known: Project) -> None:
    assert known.unify("forget", "crm:C77").code == 2


def test_a_person_whom_no_source_holds_any_more_can_be_forgotten(known: Project) -> None:
    hers = known.customers()["crm:C7"]
    sources(known, OTHERS, OTHER_MAIL)
    known.run(2)
    assert hers not in known.customers().values()
    forgotten(known, hers)
    assert_forgotten(known)
