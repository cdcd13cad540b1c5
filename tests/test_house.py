"""The rules of the house: style, types, who may import whom, one SELECT a file."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from unify import tables
from unify.tables import Table

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "unify"
SQL = sorted((PACKAGE / "sql").glob("*.sql"))
CHECKS = {
    "style": ["-m", "ruff", "check", "."],
    "format": ["-m", "ruff", "format", "--check", "."],
    "types": ["-m", "mypy"],
    "imports": [
        "-c",
        "from importlinter.cli import lint_imports_command as run; run()",
        "--no-cache",
    ],
}
HEAVY = ("altair", "duckdb", "pandas", "pyarrow", "pydantic", "splink", "sqlalchemy")


def _python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("check", CHECKS)
def test_the_code_keeps_the_rules_of_the_house(check: str) -> None:
    done = _python(*CHECKS[check])
    assert done.returncode == 0, done.stdout + done.stderr


def test_help_imports_nothing_heavy() -> None:
    done = _python("-X", "importtime", "-m", "unify", "--help")
    assert "Usage:" in done.stdout
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert not imported.intersection(HEAVY)


def _statement(text: str) -> str:
    """SQL without comments and quoted text."""
    return re.sub(r"--[^\n]*|'(?:[^']|'')*'", "", text).strip()


@pytest.mark.parametrize("file", SQL, ids=lambda file: file.stem)
def test_a_sql_file_says_what_a_row_is_and_holds_one_select(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert re.match(r"-- One row\b", text)
    statement = _statement(text).rstrip(";").lower()
    assert statement.startswith(("select ", "select\n", "with "))
    assert ";" not in statement


def test_every_sql_file_is_used() -> None:
    used = {name for module in PACKAGE.rglob("*.py") for name in _sql_named_in(module)}
    assert [file.stem for file in SQL if file.stem not in used] == []


def _sql_named_in(module: Path) -> set[str]:
    """The SQL files that calls in a module name, by their first argument: a text or a table."""
    calls = (
        node.args[0]
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and node.args
    )
    return {name for argument in calls if (name := _name(argument))}


def _name(argument: ast.expr) -> str | None:
    if isinstance(argument, ast.Constant):
        return str(argument.value)
    if isinstance(argument, ast.Name):
        named = getattr(tables, argument.id, None)
        if isinstance(named, type) and issubclass(named, Table) and named is not Table:
            return named.name
    return None
