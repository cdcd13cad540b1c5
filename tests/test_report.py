"""The report: its figures are those of the run, and it is one page that needs nothing else."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from tests.browser import browser
from tests.projects import Ended, Project, made, unify

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EXAMPLE = Path(__file__).parents[1] / "examples" / "officine-bianchi"
SCRIPT, STYLE = "<script>alert(1)</script>", "</style><b>Rossi"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's folder after two runs."""
    folder = tmp_path_factory.mktemp("report") / "example"
    kept = shutil.ignore_patterns("golden", ".*", "unify.duckdb*", "ledger*", "*.py")
    shutil.copytree(EXAMPLE, folder, ignore=kept)
    for _ in range(2):
        assert unify("match", "-q", cwd=folder).code == 0
    return folder


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


class Page(HTMLParser):
    """What a page tells: its figures by name, its text, and what it asks for."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.figures: dict[str, float] = {}
        self.texts: list[str] = []
        self.tags: list[str] = []
        self.asked: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags.append(tag)
        if told.get("data-name") and told.get("data-value"):
            self.figures[str(told["data-name"])] = float(str(told["data-value"]))
        self.asked += [str(told[name]) for name in ("src", "href") if told.get(name)]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


def page(folder: Path) -> Page:
    return Page((folder / "golden" / "report.html").read_text(encoding="utf-8"))


def test_its_figures_are_those_of_run_json(example: Path) -> None:
    run = json.loads((example / "golden" / "run.json").read_text(encoding="utf-8"))
    told = page(example)
    figures = told.figures
    assert figures["review_pairs"] == run["review_pairs"] > 0
    assert figures["expected_false"] == run["expected_false"]
    for kind, count in run["by_kind"].items():
        assert figures[f"kind {kind}"] == count
    for systems, count in run["by_systems"].items():
        assert figures[f"by_systems {systems}"] == count
    for name, counts in run["sources"].items():
        for total in ("rows_read", "records", "set_aside"):
            assert figures[f"{total} {name}"] == counts[total]
    assert f"{run['records']} record di 5 sistemi sono {run['customers']} clienti" in told.text


def test_its_figures_are_those_of_queries_on_the_published_tables(example: Path) -> None:
    figures = page(example).figures
    with duckdb.connect(example / "golden" / "golden.duckdb", read_only=True) as golden:

        def ask(query: str) -> Any:
            ((answer,),) = golden.sql(query).fetchall()
            return answer

        both = "select customer_id from crosswalk where source = '{}'"
        assert (
            figures["overlap crm outlook"]
            == figures["overlap outlook crm"]
            == ask(
                f"select count(*) from ({both.format('crm')} intersect {both.format('outlook')})"
            )
        )
        assert figures["overlap crm crm"] == figures["customers of crm"]
        assert figures["elsewhere crm"] == pytest.approx(ask(
            "select avg((len(sources) > 1)::int) from golden_customers"
            " where list_contains(sources, 'crm')"
        ))  # fmt: skip
        assert figures["duplicates"] == pytest.approx(
            ask("select 1 - count(distinct customer_id) / count(*) from crosswalk")
        )
        assert figures["reach email"] == ask("select count(email) from golden_customers")
        assert figures["reach nothing"] == ask(
            "select count(*) from golden_customers where email is null and phone is null"
            " and (street is null or (city is null and postcode is null))"
        )
        assert figures["after birth_date"] == pytest.approx(
            ask("select count(birth_date) / count(*) from golden_customers")
        )
        assert figures["before emails"] == pytest.approx(ask(
            "select (select count(distinct record_id) from record_email) / count(*) from crosswalk"
        ))  # fmt: skip
        assert figures["pairs at 0.99"] == ask(
            "select count(*) from scored_pair where match_probability >= 0.99 and not crossing"
        )
        assert figures["size 1"] == ask("select count(*) from golden_customers where records = 1")
        assert figures["relation works_at"] == ask(
            "select count(*) from relations where relation = 'works_at'"
        )


def test_it_asks_nobody_for_anything(example: Path) -> None:
    told = page(example)
    assert "script" not in told.tags
    assert [asked for asked in told.asked if not asked.startswith(("#", "data:,"))] == []


def test_without_personal_data_it_names_nobody(example: Path) -> None:
    ended = unify("report", "-q", "public.html", "--no-personal-data", cwd=example)
    assert ended.code == 0, ended.stderr
    told = (example / "public.html").read_text(encoding="utf-8")
    with duckdb.connect(example / "golden" / "golden.duckdb", read_only=True) as golden:
        rows = golden.sql(
            "select unnest([customer_id, full_name, email, phone, tax_id, vat_id]) as v"
            " from golden_customers union select record_id from crosswalk"
        ).fetchall()
    named = {value for (value,) in rows if value and len(value) > 5}
    assert len(named) > 1000
    assert [value for value in named if value in told] == []
    whole = (example / "golden" / "report.html").read_text(encoding="utf-8")
    assert any(value in whole for value in named)


def test_the_command_tells_what_was_published(example: Path) -> None:
    def report(*arguments: str) -> Ended:
        return unify("report", *arguments, cwd=example)

    assert report("again.html").code == 0
    again = (example / "again.html").read_text(encoding="utf-8")
    assert Page(again).figures == page(example).figures
    refused = report("again.html")
    assert refused.code == 2
    assert "--force" in refused.stderr
    assert report("again.html", "--force", "--language", "en").code == 0
    assert "How unified the business is" in (example / "again.html").read_text(encoding="utf-8")


def test_nothing_published_is_an_error_that_says_what_to_do(
    project: Callable[..., Project],
) -> None:
    made_now = project(files={"crm.csv": "Id,Name\n1,Mario Rossi\n"})
    ended = made_now.unify("report")
    assert ended.code == 1
    assert "unify match" in ended.stderr
    assert not (made_now.folder / "report.html").exists()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose records, columns and name are written against the page."""
    rows = "".join(
        f'{n},"{SCRIPT} Rossi","{STYLE}{n // 2}",x{n // 2}@esempio.it\n' for n in range(8)
    )
    toml = f"""\
        [project]
        name = "{SCRIPT}"
        country = "IT"
        [sources.crm]
        path = "crm.csv"
        key = "Id"
        [fields.odd]
        kind = "text"
        [sources.crm.fields]
        odd = "{STYLE}"
        """
    header = f'Id,Nome completo,"{STYLE}",Email\n'
    folder = tmp_path_factory.mktemp("hostile")
    made(folder, toml, {"crm.csv": header + rows + '9,"<img src=x>",,y@esempio.it\n'})
    ended = unify("match", "-q", cwd=folder)
    assert ended.code == 0, ended.stderr
    return folder


def test_what_records_hold_is_text(hostile: Path) -> None:
    told = page(hostile)
    assert "script" not in told.tags
    assert "img" not in told.tags
    assert told.tags.count("style") == 1
    assert SCRIPT in told.text
    assert STYLE in told.text


@pytest.mark.parametrize("width", [400, 1400])
def test_a_browser_draws_all_of_it_without_a_network(
    chromium: Browser, example: Path, width: int
) -> None:
    errors, asked = [], []
    context = chromium.new_context(viewport={"width": width, "height": 900}, offline=True)
    shown = context.new_page()
    shown.on("console", lambda message: errors.append(message.text))
    shown.on("pageerror", lambda error: errors.append(str(error)))
    shown.on("request", lambda request: asked.append(request.url))
    address = (example / "golden" / "report.html").resolve().as_uri()
    shown.goto(address)
    assert errors == []
    assert asked == [address]
    assert shown.evaluate("document.scrollingElement.scrollWidth") <= width
    charts = shown.evaluate(
        "[...document.querySelectorAll('svg')].map(s => ({width: s.getBoundingClientRect().width,"
        " height: s.getBoundingClientRect().height, marks: s.querySelectorAll('rect').length}))"
    )
    assert len(charts) > 50
    assert all(c["width"] > 20 and c["height"] > 5 and c["marks"] for c in charts)
    unnamed = shown.evaluate(
        "[...document.querySelectorAll('svg:not([aria-label]), table:not(:has(caption))')].length"
    )
    assert unnamed == 0
    context.close()


def test_a_browser_shows_hostile_names_as_text(chromium: Browser, hostile: Path) -> None:
    shown = chromium.new_page()
    shouted = []
    shown.on("dialog", lambda dialog: (shouted.append(dialog.message), dialog.dismiss()))
    shown.goto((hostile / "golden" / "report.html").resolve().as_uri())
    assert shouted == []
    assert SCRIPT in shown.inner_text("h1")
    shown.close()


def test_both_languages_have_the_same_words() -> None:
    from unify.presets import read_toml

    def keys(table: dict[str, Any], above: str = "") -> set[str]:
        found: set[str] = set()
        for name, value in table.items():
            path = f"{above}.{name}"
            found |= keys(value, path) if isinstance(value, dict) else {path}
        return found

    english, italian = read_toml("report/en.toml"), read_toml("report/it.toml")
    assert keys(english) == keys(italian)
    filled = re.compile(r"{(\w+)}")
    for section, words in english.items():
        if isinstance(words, dict):
            for name, word in words.items():
                assert set(filled.findall(word)) == set(filled.findall(italian[section][name]))
