"""A password in a source's URL is in nothing that a command says or writes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.projects import Ended, Project, made, unify
from tests.servers import Server

PASSWORD = "pa55@w/rd é"
FORMS = ("pa55@w/rd é", "pa55%40w", "pa55@w")
SOURCE = '[sources.crm]\nconnector = "sql"\nurl = "${CRM_URL}"\ntable = "TABLE"\n'


def _carried_out(project: Project, url: str, *arguments: str) -> Ended:
    return unify(*arguments, cwd=project.folder, env={**os.environ, "CRM_URL": url})


def _written(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def _assert_hidden(ended: Ended, project: Project) -> None:
    said = (ended.stdout + ended.stderr).encode() + _written(project.folder)
    for form in FORMS:
        assert form.encode() not in said
    assert "Traceback" not in ended.stderr


COMMANDS = (("-v", "check"), ("match", "-v"), ("match", "--json"))
URLS = (
    "postgresql://anna:{}@127.0.0.1:1/crm",
    "postgresql://anna@127.0.0.1:1/crm?password={}",
    "mysql://anna:{}@127.0.0.1:1/crm",
    "mssql+nosuchdriver://anna:{}@127.0.0.1:1/crm",
    "nonsense {} no url",
)


@pytest.mark.parametrize(
    ("url", "command"),
    [*((URLS[0], command) for command in COMMANDS), *((url, COMMANDS[0]) for url in URLS[1:])],
)
def test_a_server_that_does_not_answer(tmp_path: Path, url: str, command: tuple[str, ...]) -> None:
    project = made(tmp_path, SOURCE)
    ended = _carried_out(project, url.format("pa55%40w%2Frd%20%C3%A9"), *command)
    _assert_hidden(ended, project)
    assert ended.code == 5 or command[-1] == "check"


@pytest.mark.parametrize("command", COMMANDS[:2], ids=" ".join)
def test_a_wrong_password(mariadb: Server, tmp_path: Path, command: tuple[str, ...]) -> None:
    wrong = make_url(mariadb.url).set(username="anna", password=PASSWORD)
    project = made(tmp_path, SOURCE)
    ended = _carried_out(project, wrong.render_as_string(hide_password=False), *command)
    _assert_hidden(ended, project)
    assert "Access denied" in ended.stdout + ended.stderr


@pytest.mark.parametrize("command", COMMANDS[1:], ids=" ".join)
def test_a_right_password(mariadb: Server, tmp_path: Path, command: tuple[str, ...]) -> None:
    user = f"u{mariadb.table[-12:]}"
    mariadb.run(
        f"create table {mariadb.table} (id int primary key, nome varchar(40))",
        f"insert into {mariadb.table} values (1, 'Officine Rossi')",
        f"create user {user} identified by '{PASSWORD}'",
        f"grant select on {mariadb.table} to {user}",
    )
    url = make_url(mariadb.url).set(username=user, password=PASSWORD)
    project = made(tmp_path, SOURCE.replace("TABLE", mariadb.table) + 'key = "id"\n')
    try:
        ended = _carried_out(project, url.render_as_string(hide_password=False), *command)
    finally:
        mariadb.run(f"drop user {user}")
    _assert_hidden(ended, project)
    assert ended.code == 0, ended.stderr
