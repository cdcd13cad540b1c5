"""The command line: results on stdout, everything else on stderr, and the exit codes."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.projects import CRM, QUIET, Project, firms, made, unify
from unify import ledger

COMMANDS = ("init", "match", "check", "show", "set", "export", "evaluate", "runs", "connectors")
ROWS = (
    "Id,Nome,Cognome,Email,Ditta\n"
    "1,Nicolò,D’Amico,nicolo@damico.it,Rondamec S.r.l.\n"
    "2,Rondamec S.r.l.,,info@rondamec.it,\n"
)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """One person and one firm, published."""
    project = made(tmp_path_factory.mktemp("cli"), CRM, {"crm.csv": ROWS})
    project.run()
    return project


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_explains_every_command(tmp_path: Path, command: str) -> None:
    done = unify(*command.split(), "--help", cwd=tmp_path)
    assert done.code == 0
    assert done.stdout.startswith(f"Usage: unify {command}".rstrip())
    assert "--config" in done.stdout
    assert done.stderr == ""


def test_help_lists_every_command(tmp_path: Path) -> None:
    listed = re.findall(r"^  (\w+)  ", unify("--help", cwd=tmp_path).stdout, re.MULTILINE)
    assert set(COMMANDS) <= set(listed)


def test_the_version_is_told(tmp_path: Path) -> None:
    assert re.fullmatch(r"unify, version [\d.]+\n", unify("--version", cwd=tmp_path).stdout)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("mtach",), "No such command 'mtach'"),
        (("match", "--dryrun"), "No such option"),
        (("show",), "Missing argument"),
        (("set", "crm:1"), "Missing argument"),
        (("match", "--dry-run", "--accept", "run-1"), "exclude each other"),
    ],
)
def test_wrong_usage_ends_with_2(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = unify(*arguments, cwd=tmp_path)
    assert done.code == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_match_tells_what_it_did_and_says_its_progress_apart(tmp_path: Path) -> None:
    done = made(tmp_path, CRM, {"crm.csv": ROWS}).unify("match")
    assert done.code == 0
    assert done.stdout.startswith(
        "2 records of 1 sources are 2 customers (1 people, 1 organisations)."
    )
    assert "Published as run-" in done.stdout
    assert "reading 1 source" in done.stderr
    assert "reading" not in done.stdout


def test_quiet_says_nothing_but_the_result(tmp_path: Path) -> None:
    done = made(tmp_path, CRM, {"crm.csv": ROWS}).unify("match", "-q")
    assert (done.code, done.stderr) == (0, "")


def test_match_json_is_one_object_on_stdout(tmp_path: Path) -> None:
    project = made(tmp_path, CRM, {"crm.csv": ROWS})
    done = project.unify("match", "--json")
    said = json.loads(done.stdout)
    assert done.code == said["exit_code"] == 0
    assert (said["outcome"], said["records"], said["customers"]) == ("published", 2, 2)
    assert said.items() >= project.summary.items()
    assert "reading" in done.stderr


def test_a_failing_match_json_says_why(tmp_path: Path) -> None:
    done = made(tmp_path, CRM).unify("match", "--json")
    said = json.loads(done.stdout)
    assert done.code == said["exit_code"] == 5
    assert said["outcome"] == "failed"
    assert said["error"]["what"] == "no such file"
    assert said["error"]["where"].endswith("crm.csv")
    assert "no such file" in done.stderr


def test_show_takes_a_customer_id_in_any_case_and_a_record_id(published: Project) -> None:
    customer = published.customers()["crm:1"]
    answers = [published.unify("show", a) for a in (customer, customer.lower(), "crm:1")]
    assert {done.code for done in answers} == {0}
    assert len({done.stdout for done in answers}) == 1
    assert answers[0].stdout.startswith(f"{customer}  Nicolò D")
    for part in ("nicolo@damico.it", "crm:1", "created", "works_at"):
        assert part in answers[0].stdout


def test_show_json_holds_value_origin_and_events(published: Project) -> None:
    shown = json.loads(published.unify("show", "crm:2", "--json").stdout)
    assert shown["golden"]["kind"] == "organization"
    assert [record["record_id"] for record in shown["records"]] == ["crm:2"]
    origin = {row["field"]: row["source_key"] for row in shown["lineage"]}
    assert origin["emails"] == "2"
    assert [event["event"] for event in shown["events"]] == ["created"]


@pytest.mark.parametrize("asked", ["C-0000000000", "crm:3", "nonsense"])
def test_show_of_an_unknown_id_ends_with_2(published: Project, asked: str) -> None:
    done = published.unify("show", asked)
    assert (done.code, done.stdout) == (2, "")
    assert f"{asked}: no customer or record of this id" in done.stderr


def test_show_before_anything_is_published_says_what_to_do(tmp_path: Path) -> None:
    done = made(tmp_path).unify("show", "crm:1")
    assert done.code == 1
    assert "nothing is published yet" in done.stderr
    assert "unify match" in done.stderr


def test_show_knows_former_and_retired_ids(tmp_path: Path) -> None:
    project = made(tmp_path, CRM, {"crm.csv": firms(range(3))})
    project.run(0)
    first = project.customers()
    project.decide("crm:0000", "crm:0001")
    project.write("crm.csv", firms(range(2)) + "9000,Panificio Moderno\n")
    project.run(1)
    living = project.customers()["crm:0000"]
    (former,) = {first["crm:0000"], first["crm:0001"]} - {living}
    assert project.unify("show", former).stdout.startswith(living)
    retired = project.unify("show", first["crm:0002"])
    assert retired.code == 2
    assert "was retired at 2026-05-12T06:01:00Z" in retired.stderr


def test_runs_lists_every_run(published: Project) -> None:
    (run,) = json.loads(published.unify("runs", "--json").stdout)
    assert (run["run_id"], run["status"]) == ("run-20260512T060000Z", "published")
    assert run["summary"]["customers"] == 2
    assert "run-20260512T060000Z" in published.unify("runs").stdout
    assert json.loads(published.unify("runs", run["run_id"]).stdout) == run
    assert published.unify("runs", "run-0").code == 2


def test_connectors_lists_each_with_its_settings(tmp_path: Path) -> None:
    done = unify("connectors", cwd=tmp_path)
    assert done.code == 0
    names = re.findall(r"^(\w+)$", done.stdout, re.MULTILINE)
    assert {"csv", "outlook", "spreadsheet", "sql"} <= set(names)
    assert "delimiter" in done.stdout


def listing(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file and folder, with its size and when it was written."""
    return {
        str(path.relative_to(folder)): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize("command", ["check", "show", "runs", "evaluate"])
def test_a_reading_command_changes_nothing(published: Project, command: str) -> None:
    truth = published.folder / "truth.csv"
    truth.write_text("source,source_key,entity\ncrm,1,a\ncrm,2,b\n", encoding="utf-8")
    arguments = {"show": ["crm:1"], "evaluate": ["truth.csv"]}.get(command, [])
    before = listing(published.folder)
    assert published.unify(command, *arguments).code == 0
    assert listing(published.folder) == before


def test_check_shows_mapping_and_problems(tmp_path: Path) -> None:
    toml = '[sources.crm]\npath = "crm.csv"\n[sources.due]\npath = "due.csv"\n'
    files = {"crm.csv": ROWS, "due.csv": "Importo,Data\n10,oggi\n"}
    done = made(tmp_path, toml, files).unify("check")
    assert done.code == 0
    assert "Cognome\tfamily_name\theader\t0.85\t50%\tD’Amico" in done.stdout
    assert "Email\temails (other)\theader\t0.85\t100%" in done.stdout
    assert "it has no `key`" in done.stdout
    assert "no column was recognised as a name" in done.stdout


def test_check_of_a_source_that_cannot_be_read_goes_on_with_the_others(tmp_path: Path) -> None:
    toml = CRM + '[sources.altro]\nconnector = "csv"\npath = "no.csv"\n'
    done = made(tmp_path, toml, {"crm.csv": ROWS}).unify("check")
    assert done.code == 5
    assert "no.csv: no such file" in done.stderr
    assert "family_name" in done.stdout


def test_a_pipe_gets_utf_8(published: Project) -> None:
    assert "Nicolò D'Amico" in published.unify("show", "crm:1").stdout


SLOW = firms(range(600))


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple[Project, subprocess.Popen[str]]]:
    """A second run of a project, once it has begun."""
    project = made(tmp_path, CRM, {"crm.csv": firms(range(3))})
    project.run()
    project.write("crm.csv", SLOW)
    with subprocess.Popen(
        [sys.executable, "-m", "unify", "match"],
        cwd=tmp_path,
        env=QUIET,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        yield project, process
        process.kill()


@pytest.mark.parametrize("stage", ["reading", "comparing", "joining"])
@pytest.mark.parametrize(("signum", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_told_to_end_leaves_nothing_half_done(
    running: tuple[Project, subprocess.Popen[str]], signum: int, code: int, stage: str
) -> None:
    project, process = running
    before = {file.name: file.read_bytes() for file in project.golden.iterdir()}
    assert process.stderr is not None
    assert any(stage in line for line in process.stderr)
    process.send_signal(signum)
    _, said = process.communicate()
    assert process.returncode == code
    assert "what is published stays whole" in said
    assert "Traceback" not in said
    assert {file.name: file.read_bytes() for file in project.golden.iterdir()} == before
    assert not (project.folder / ".unify-tmp").exists()
    with ledger.opened(project.folder / ledger.FILE) as opened:
        assert opened.runs()[-1].status == "interrupted"
        assert len(opened.promised()) == 3
    project.write("crm.csv", firms(range(3)))
    assert project.run(9).summary["events"] == {}
