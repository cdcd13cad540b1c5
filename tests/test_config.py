"""A mistake in unify.toml is one sentence: where it stands, and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import CRM, made, unify
from unify.config import secrets_filled
from unify.errors import ConfigError

ROW = "Id,Nome,Cognome\n1,Anna,Rossi\n"


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[sources.crm\n", ["unify.toml: not valid TOML", "line 1"]),
        ("[projct]\n" + CRM, ["unify.toml: unknown key 'projct'", "Did you mean 'project'?"]),
        ('[source.crm]\npath = "crm.csv"\n', ["unknown key 'source'", "Did you mean 'sources'?"]),
        (
            CRM + "[match]\nauto_merg = 0.9\n",
            ["unify.toml [match]: unknown key 'auto_merg'", "Did you mean 'auto_merge'?"],
        ),
        (
            CRM + "[publish]\nmax_retird = 1\n",
            ["[publish]: unknown key 'max_retird'", "Did you mean 'max_retired'?"],
        ),
        (
            CRM + '[fields.job]\nknd = "text"\n',
            ["[fields.job]: unknown key 'knd'", "Did you mean 'kind'?"],
        ),
        (
            CRM + "trsut = 90\n",
            ["unify.toml [sources.crm]: unknown key 'trsut'", "Did you mean 'trust'?"],
        ),
        (CRM + 'trust = "high"\n', ["[sources.crm]: trust:", "integer"]),
        (CRM + "trust = 101\n", ["[sources.crm]: trust:", "100"]),
        ('[sources.crm]\npath = "crm.csv"\nkey = 1\n', ["[sources.crm]: key:", "string"]),
        (CRM + "delimiter = 1\n", ["[sources.crm]: delimiter:", "string"]),
        (CRM + "[match]\nreview = 2\n", ["[match]: review:", "less than or equal to 1"]),
        ('[project]\nlanguage = "fr"\n' + CRM, ["[project]: language:", "'en' or 'it'"]),
        ('[project]\nname = "x"\n', ["unify.toml: no source is configured", "[sources.NAME]"]),
        ('[sources.CRM]\npath = "crm.csv"\n', ["[sources]: CRM:", "pattern"]),
        ('[sources.crm]\nkey = "Id"\n', ["[sources.crm]: it says neither a path nor a url"]),
        (
            CRM + '[sources.crm.fields]\nemial = "Email"\n',
            ["[sources.crm.fields]: unknown field 'emial'", "Did you mean 'emails'?"],
        ),
        (
            CRM + '[survivorship]\nbirthdate = ["trust"]\n',
            ["[survivorship]: unknown field 'birthdate'", "Did you mean 'birth_date'?"],
        ),
        (
            CRM + '[survivorship]\nnotes = ["trsut"]\n',
            ["[survivorship] notes: unknown rule 'trsut'", "Did you mean 'trust'?"],
        ),
        (
            CRM + 'connector = "cvs"\n',
            ["[sources.crm]: unknown connector 'cvs'", "Did you mean 'csv'?"],
        ),
        (
            CRM + '[fields.city]\nkind = "text"\n',
            ["unify.toml [fields]: 'city' is a published column already"],
        ),
    ],
)
def test_a_mistake_is_said_with_its_place(tmp_path: Path, toml: str, said: list[str]) -> None:
    project = made(tmp_path, toml, {"crm.csv": ROW})
    with pytest.raises(ConfigError) as caught:
        project.plan()
    assert [part for part in said if part not in str(caught.value)] == []
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ('key = "ID2"', ["[sources.crm] key: the source has no column 'ID2'", "Id"]),
        ('updated = "Nom"', ["[sources.crm] updated: the source has no column 'Nom'", "'Nome'"]),
        ('fields.emails = "Mail"', ["the source has no column 'Mail' for emails", "Id, Nome"]),
    ],
)
def test_a_column_that_the_source_lacks_is_named(
    tmp_path: Path, setting: str, said: list[str]
) -> None:
    project = made(tmp_path, f'[sources.crm]\npath = "crm.csv"\n{setting}\n', {"crm.csv": ROW})
    with pytest.raises(ConfigError) as caught:
        project.run()
    assert [part for part in said if part not in str(caught.value)] == []


def test_a_missing_environment_variable_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LEDGER_PASSWORD", raising=False)
    toml = '[sources.crm]\nurl = "postgresql://anna:${LEDGER_PASSWORD}@db/x"\ntable = "T"\n'
    with pytest.raises(ConfigError, match="LEDGER_PASSWORD is not set"):
        made(tmp_path, toml).plan()


def test_a_secret_is_never_shown(tmp_path: Path) -> None:
    toml = '[sources.crm]\nurl = "sqlite:///${FOLDER}/no.db?x=${SECRET}"\ntable = "T"\n'
    made(tmp_path, toml)
    env = {"FOLDER": str(tmp_path), "SECRET": "s3cr3t-word"}
    done = unify("match", "-v", cwd=tmp_path, env=env)
    assert done.code == 5
    assert "s3cr3t-word" not in done.stdout + done.stderr
    assert [
        f for f in tmp_path.rglob("*") if f.is_file() and b"s3cr3t-word" in f.read_bytes()
    ] == []


def test_the_same_settings_with_another_secret_are_the_same_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = made(tmp_path, '[sources.crm]\npath = "${PLACE}.csv"\nconnector = "csv"\n')
    settings = []
    for place in ("one", "other"):
        monkeypatch.setenv("PLACE", place)
        settings.append(project.plan().settings)
    assert settings[0] == settings[1]


@pytest.mark.parametrize("arguments", [("match",), ("check",), ("show", "crm:1"), ("runs",)])
def test_a_missing_configuration_ends_with_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = unify(*arguments, "-c", str(tmp_path / "none.toml"), cwd=tmp_path)
    assert done.code == 2
    assert "none.toml: no such file" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_broken_toml_ends_with_2_and_no_traceback(tmp_path: Path) -> None:
    done = made(tmp_path, "[sources.crm\n").unify("match")
    assert done.code == 2
    assert done.stderr.startswith("Error: unify.toml: not valid TOML")
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_the_configuration_is_found_in_a_parent_folder(tmp_path: Path) -> None:
    made(tmp_path, CRM, {"crm.csv": ROW, "deep/er/file": ""})
    done = unify("check", cwd=tmp_path / "deep" / "er")
    assert done.code == 0
    assert "crm" in done.stdout


@pytest.mark.parametrize(
    "output", ["ledger.sqlite", "unify.duckdb", ".", "..", "unify.toml", "crm.csv"]
)
def test_nothing_is_published_over_what_a_project_is_made_of(tmp_path: Path, output: str) -> None:
    toml = f'[project]\noutput = "{output}"\n' + CRM
    ended = made(tmp_path, toml, {"crm.csv": "Id,Nome\n1,Anna\n"}).unify("match")
    assert ended.code == 2
    assert "no place to publish" in ended.stderr


def test_a_secret_within_a_url_may_hold_any_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PW", "s3cr3t@x/y")
    url = secrets_filled("postgresql://u:${PW}@localhost/db", where="here")
    assert url == "postgresql://u:s3cr3t%40x%2Fy@localhost/db"
    monkeypatch.setenv("WHOLE", "sqlite:///a b.db")
    assert secrets_filled("${WHOLE}", where="here") == "sqlite:///a b.db"


@pytest.mark.parametrize("name", ["records", "customer_id", "phone"])
def test_a_field_of_one_s_own_takes_no_published_column(tmp_path: Path, name: str) -> None:
    project = made(tmp_path, CRM + f"[fields.{name}]\n", {"crm.csv": "Id,Nome\n1,Anna\n"})
    assert "published column" in project.unify("match").stderr
