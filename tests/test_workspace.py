"""The files of a project: what is promised survives, what can be rebuilt is rebuilt."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import CRM, Project, made
from unify import ledger
from unify.errors import ConfigError, WorkspaceError
from unify.ledger import PastEvent, PromisedId, Promises
from unify.pipeline import Outcome
from unify.tables import Alias
from unify.workspace import opened

ROWS = "Id,Nome,Cognome\n1,Anna,Rossi\n"
AT = "2026-05-12T06:00:00Z"


@pytest.fixture
def published(tmp_path: Path) -> Project:
    """A project of one customer, published."""
    project = made(tmp_path, CRM, {"crm.csv": ROWS})
    project.run(0)
    return project


def contents(project: Project) -> dict[str, bytes]:
    """Every published file."""
    return {file.name: file.read_bytes() for file in project.golden.iterdir()}


@pytest.mark.parametrize("file", ["unify.duckdb", "ledger.sqlite"])
def test_an_unreadable_file_ends_with_1_and_leaves_what_is_published(
    published: Project, file: str
) -> None:
    before = contents(published)
    published.write(file, "this is no database\n" * 1_000)
    done = published.unify("match")
    assert done.code == 1
    assert file in done.stderr
    assert "Traceback" not in done.stderr
    assert contents(published) == before
    assert published.unify("show", "crm:1").code == 0


def test_the_workspace_is_rebuilt_from_the_sources(published: Project) -> None:
    before = contents(published)
    (published.folder / "unify.duckdb").unlink()
    published.run(1)
    assert contents(published)["crosswalk.csv"] == before["crosswalk.csv"]


def test_ids_outlive_the_published_generations(published: Project) -> None:
    before = published.customers()
    published.golden.unlink()
    assert published.run(1).summary["events"] == {}
    assert published.customers() == before


def test_what_a_run_promised_before_it_died_is_taken_back(published: Project) -> None:
    with ledger.opened(published.folder / ledger.FILE) as open_ledger:
        open_ledger.begin("run-died", AT, "")
        open_ledger.promise(
            "run-died",
            Promises(
                (PromisedId("C-AAAAAAAAAA", "crm:2", AT),),
                (PastEvent("C-AAAAAAAAAA", "created", None, "run-died", AT),),
            ),
        )
    published.run(1)
    with ledger.opened(published.folder / ledger.FILE) as open_ledger:
        assert [p.customer_id for p in open_ledger.promised()] == list(
            published.customers().values()
        )
        assert {event.run_id for event in open_ledger.events()} == {"run-20260512T060000Z"}
        assert [(run.run_id, run.status) for run in open_ledger.runs()] == [
            ("run-20260512T060000Z", "published"),
            ("run-died", "died"),
            ("run-20260512T060100Z", "published"),
        ]


def test_what_is_published_stays_promised_though_its_run_died_after_the_switch(
    published: Project,
) -> None:
    run = published.summary["run_id"]
    with ledger.opened(published.folder / ledger.FILE) as open_ledger:
        open_ledger.end(run, AT, "running", 0)
        before = open_ledger.promised()
    assert published.run(1).summary["events"] == {}
    with ledger.opened(published.folder / ledger.FILE) as open_ledger:
        assert open_ledger.promised() == before != []
        assert {entry.status for entry in open_ledger.runs()} == {"published"}


def test_a_dry_run_promises_and_publishes_nothing(tmp_path: Path) -> None:
    project = made(tmp_path, CRM, {"crm.csv": ROWS})
    report = project.run(dry_run=True)
    assert report.outcome is Outcome.DRY
    assert report.summary["events"] == {"created": 1}
    assert not project.golden.exists()
    assert not [path for path in (tmp_path / ".generations").iterdir() if path.is_dir()]
    with ledger.opened(tmp_path / ledger.FILE) as open_ledger:
        assert open_ledger.promised() == open_ledger.events() == []


def test_a_failed_run_is_in_the_history(published: Project) -> None:
    published.write("unify.toml", CRM.replace('"Id"', '"Codice"'))
    with pytest.raises(ConfigError):
        published.run(1)
    with ledger.opened(published.folder / ledger.FILE) as open_ledger:
        last = open_ledger.runs()[-1]
    assert (last.status, last.exit_code) == ("failed", 2)


HOLD = """
import sys
from pathlib import Path
from unify import lock
with lock.held(Path(sys.argv[1]), "2026-05-12T06:00:00Z"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_run_ends_with_4_and_names_who_holds_the_workspace(published: Project) -> None:
    before = contents(published)
    workspace = str(published.folder / "unify.duckdb")
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, workspace],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        done = published.unify("match")
        shown = published.unify("show", "crm:1")
        holder.communicate("")
    assert done.code == 4
    assert f"process {holder.pid} on " in done.stderr
    assert "since 2026-05-12T06:00:00Z" in done.stderr
    assert shown.code == 0
    assert contents(published) == before
    assert published.run(1).outcome is Outcome.PUBLISHED


def test_a_table_with_other_columns_is_refused() -> None:
    with opened(None) as workspace, pytest.raises(AssertionError, match="alias"):
        workspace.connection.execute("create table alias (old_id integer)")
        workspace.append(Alias, "select 1 as old_id")
        workspace.adopt(Alias, "select 1 as old_id")


def test_a_file_that_is_no_workspace_is_said(tmp_path: Path) -> None:
    file = tmp_path / "unify.duckdb"
    file.write_text("no database " * 1_000)
    with pytest.raises(WorkspaceError, match="rebuilt from sources and ledger"), opened(file):
        pass
