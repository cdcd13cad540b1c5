"""What was promised holds, whatever part of a project was lost, restored or copied."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.projects import Project, made

R = "Anna,Rossi,anna.rossi71@libero.it,RSSNNA80A41F205X,01/01/1980"
V = "Ugo,Verdi,ugo.verdi75@libero.it,VRDGUO75B02H501A,02/02/1975"
B = "Ivo,Brambilla,ivo.brambilla60@libero.it,,03/03/1960"


def write(project: Project, **rows: str) -> None:
    """The source anew: a row a key."""
    lines = [f"{key.removeprefix('k')},{row}" for key, row in rows.items()]
    project.write("crm.csv", "\n".join(["Id,Nome,Cognome,Email,CF,Nascita", *lines]))


def customers(project: Project) -> dict[str, str]:
    """source key → customer id, as published."""
    return {row["source_key"]: row["customer_id"] for row in project.published("crosswalk")}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made_here = made(tmp_path)
    write(made_here, k0=B)
    made_here.run()
    return made_here


def test_an_older_ledger_never_gives_an_id_twice(project: Project) -> None:
    ledger = project.folder / "ledger.sqlite"
    backup = ledger.read_bytes()
    write(project, k0=B, k1=R, k2=R, k3=R)
    project.run(1)
    before = customers(project)
    ledger.write_bytes(backup)
    write(project, k0=B, k1=V, k2=R, k3=R)
    project.run(2)
    after = customers(project)
    assert after["2"] == after["3"] == before["2"]
    assert after["1"] not in before.values()


def test_a_lost_ledger_learns_from_what_is_published(project: Project) -> None:
    before = customers(project), project.published("events")
    for file in project.folder.glob("ledger.sqlite*"):
        file.unlink()
    project.run(1)
    assert (customers(project), project.published("events")) == before


def test_a_lost_link_is_laid_again_to_the_newest_generation(project: Project) -> None:
    write(project, k4=R, kx2=R, kx3=R)
    project.run(1)
    write(project, k4=V, kx2=R, kx3=R)
    project.run(2)
    before = customers(project)
    (project.folder / "golden").unlink()
    project.run(3)
    assert customers(project) == before


def test_without_any_generation_the_founding_records_tell(project: Project) -> None:
    before = customers(project)
    (project.folder / "golden").unlink()
    shutil.rmtree(project.folder / ".generations")
    project.run(1)
    assert customers(project) == before


def test_going_back_to_an_older_generation_ends_in_no_loop(project: Project) -> None:
    write(project, k1=R, k2=R, k3=V, k4=V, k5=V)
    first = project.run(1).run_id
    write(project, k1=V, k2=V, k3=V, k4=V, k5=V)
    project.run(2)
    link = project.folder / "golden"
    link.unlink()
    link.symlink_to(Path(".generations") / first)
    write(project, k1=R, k2=R, k3=R)
    project.run(3)
    living = set(customers(project).values())
    assert all(row["customer_id"] in living for row in project.published("aliases"))
    assert not living & {row["old_id"] for row in project.published("aliases")}


def test_a_copy_without_links_publishes_as_well(project: Project, tmp_path: Path) -> None:
    before = customers(project)
    copy = tmp_path / "copy"
    shutil.copytree(project.folder, copy, symlinks=False, ignore=shutil.ignore_patterns("copy"))
    assert not (copy / "golden").is_symlink()
    Project(copy).run(1)
    assert customers(Project(copy)) == before


def test_a_damaged_database_beside_whole_tables_does_no_harm(project: Project) -> None:
    before = customers(project)
    (project.folder / "golden" / "golden.duckdb").unlink()
    project.run(1)
    assert customers(project) == before
