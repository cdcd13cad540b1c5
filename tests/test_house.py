"""The rules of the house: style, types, who may import whom, one SELECT a file."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
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
    named = {pattern for module in PACKAGE.rglob("*.py") for pattern in _sql_named_in(module)}
    used = re.compile("|".join(sorted(named)))
    assert [file.stem for file in SQL if not used.fullmatch(file.stem)] == []


def _sql_named_in(module: Path) -> Iterator[str]:
    """Patterns of the SQL files that a module names: in a call's first argument, or by a prefix."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            yield from _named(node.args[0])
            if isinstance(node.func, ast.Name) and node.func.id == "learn":
                yield from _named(node.args[1])
        elif isinstance(node, ast.JoinedStr):
            yield from _with_prefix(node)


def _named(argument: ast.expr) -> Iterator[str]:
    """The text, or the name of the table, that a call is made with."""
    if isinstance(argument, ast.Constant):
        yield re.escape(str(argument.value))
    elif isinstance(argument, ast.Name):
        named = getattr(tables, argument.id, None)
        if isinstance(named, type) and issubclass(named, Table) and named is not Table:
            yield re.escape(named.name)


def _with_prefix(text: ast.JoinedStr) -> Iterator[str]:
    """The names that `f"prefix_{word}"` can give."""
    match text.values:
        case [ast.Constant(value=str(prefix)), ast.FormattedValue()]:
            if re.fullmatch(r"[a-z]+_", prefix):
                yield f"{prefix}[a-z_]+"
