"""Worksheets go out and come back: what was decided in them arrives, and is heeded by each run."""

from __future__ import annotations

import csv
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import load_workbook

from tests.projects import CRM, Project, made
from unify import ledger
from unify.accord import agree
from unify.decisions import Decision, Judgement
from unify.linkage.model import shipped
from unify.presets import read_toml
from unify.review import csv_text
from unify.review.letters import runs
from unify.review.tokens import Token, read, written
from unify.wording import wording

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
NASTY = '=HYPERLINK("http://x")', "@SUM(A1)", "+39 347", "-1+1", "\t=1+1", "'quoted", "''two"
HEADER = "Id,Nome,Cognome,Email,Tel,Citta,Note"
FAMILIES = (
    "Rossi", "Bianchi", "Galli", "Ferrari", "Russo", "Esposito", "Colombo", "Ricci", "Marino",
    "Greco", "Bruno", "Conti", "Costa", "Giordano", "Mancini", "Rizzo", "Lombardi", "Moretti",
)  # fmt: skip
GIVEN = "Anna", "Bruno", "Carla", "Dario", "Elena", "Franco"
Rows = list[list[str]]


def _namesakes() -> Iterator[str]:
    """Pairs of people of one name and town: nothing else tells whether they are one."""
    for n, family in enumerate(FAMILIES):
        for twice in range(2):
            name = GIVEN[n % len(GIVEN)]
            yield f"{n:03}{twice},{name},{family},,,Bergamo,{NASTY[n % len(NASTY)] if n < 7 else ''}"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("review")
    with (folder / "rows.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(next(csv.reader([line])) for line in [HEADER, *_namesakes()])
    text = (folder / "rows.csv").read_text(encoding="utf-8")
    toml = f'[project]\nlanguage = "it"\n{CRM}[match]\nreview = 0.2\n'
    project = made(folder / "project", toml, {"crm.csv": text})
    project.run()
    return project


@pytest.fixture
def project(published: Project, tmp_path: Path) -> Project:
    """A copy, to change."""
    return Project(shutil.copytree(published.folder, tmp_path / "copy", symlinks=True))


def exported(project: Project, name: str = "q.xlsx", *more: str) -> Path:
    done = project.unify("review", "export", name, *more)
    assert done.code == 0, done.stderr
    return project.folder / name


def rows_of(file: Path) -> Rows:
    if file.suffix == ".csv":
        return csv_text.read(file.read_bytes(), "token")
    return [[str(c) for c in row] for row in load_workbook(file).get_sheet_by_index(0).to_python()]


def save(rows: Sequence[Sequence[str]], file: Path) -> Path:
    """A worksheet as a program saves it: cells, and no formats."""
    if file.suffix == ".csv":
        csv_text.write(file, rows, ";")
        return file
    book = xlsxwriter.Workbook(str(file), {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Foglio 7")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_string(at, column, cell)
    book.close()
    return file


def decide(rows: Rows, answers: dict[str, str], by: str = "maria") -> Rows:
    """Write answers into the first row of their cases, as a person would."""
    left = dict(answers)
    for row in rows[1:]:
        if word := left.pop(row[0], ""):
            row[2], row[3], row[4] = word, by, "le conosco"
    return rows


def decisions(project: Project) -> tuple[Decision, ...]:
    with ledger.opened(project.folder / ledger.FILE) as opened:
        return opened.decisions()


def pairs(found: Sequence[Decision]) -> dict[tuple[str, str], str]:
    return {d.pair: d.judgement.value for d in found}


def expected(rows: Rows, answers: dict[str, str]) -> dict[tuple[str, str], str]:
    """What the answers say of each pair of records, by what the worksheet shows."""
    words = {"unisci": "same", "tieni separati": "different", "incerto": "unsure"}
    sides: dict[tuple[str, str], list[str]] = {}
    for row in rows[1:]:
        sides.setdefault((row[0], row[1]), []).append(f"{row[8]}:{row[9]}")
    return {
        (min(a, b), max(a, b)): words[word]
        for case, word in answers.items()
        for a in sides[case, "sinistra"]
        for b in sides[case, "destra"]
    }


ANSWERS = {"1": "unisci", "2": "tieni separati", "3": "incerto", "4": "unisci"}


def resaved(file: Path, suffix: str) -> Path:
    """The file as LibreOffice saves it."""
    folder = file.parent / f"saved-{suffix}"
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1" if suffix == "csv" else suffix
    command = [str(OFFICE), profile, "--headless", "--convert-to", form, "--outdir", str(folder)]
    subprocess.run([*command, str(file)], check=True, capture_output=True)
    return folder / f"{file.stem}.{suffix}"


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["xlsx", "ods", "csv"])
def test_what_was_decided_arrives_through_libreoffice(project: Project, suffix: str) -> None:
    there = rows_of(resaved(exported(project), "ods"))
    assert there == rows_of(project.folder / "q.xlsx")
    filled = save(decide(there, ANSWERS), project.folder / "filled.xlsx")
    back = resaved(filled, suffix)
    done = project.unify("review", "import", str(back))
    assert (done.code, "4 cases are decided in it, 4 of them newly" in done.stdout) == (0, True), (
        done
    )
    assert pairs(decisions(project)) == expected(there, ANSWERS)
    kept = list((project.folder / "review" / "evidence").iterdir())
    assert [(f.read_bytes(), f.stat().st_mode & 0o777) for f in kept] == [
        (back.read_bytes(), 0o600)
    ]


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_rows_are_known_by_their_token_wherever_they_stand(project: Project, suffix: str) -> None:
    rows = decide(rows_of(exported(project)), ANSWERS)
    wanted = expected(rows, ANSWERS)
    head, *body = rows
    random.Random(7).shuffle(body)
    moved = [row[::-1] for row in [["Caso per caso"], head, *body, [""] * len(head)]]
    moved.insert(5, [])
    done = project.unify("review", "import", str(save(moved, project.folder / f"x.{suffix}")))
    assert done.code == 0, done.stderr
    assert pairs(decisions(project)) == wanted


def test_it_is_heeded_shown_and_never_asked_again(project: Project) -> None:
    rows = rows_of(exported(project))
    answers = dict.fromkeys(sorted({row[0] for row in rows[1:]}), "tieni separati")
    answers["1"] = answers["2"] = "unisci"
    save(decide(rows, answers), project.folder / "x.xlsx")
    project.unify("review", "import", "x.xlsx")
    wanted = expected(rows, answers)
    project.run(60 * 24 * 400)
    customers = project.customers()
    for (a, b), word in wanted.items():
        assert (customers[a] == customers[b]) is (word == "same")
    assert project.summary["review_pairs"] == 0
    assert "0 cases are open" in project.unify("review", "status").stdout
    (left, right), *_ = (pair for pair, word in wanted.items() if word == "different")
    assert f"maria keeps {left} and {right} apart" in project.unify("explain", left, right).stdout


def test_importing_twice_changes_nothing_and_a_later_answer_replaces(project: Project) -> None:
    rows = decide(rows_of(exported(project)), {"1": "unisci"})
    save(rows, project.folder / "x.xlsx")
    project.unify("review", "import", "x.xlsx")
    before = decisions(project)
    assert "0 of them newly" in project.unify("review", "import", "x.xlsx").stdout
    assert decisions(project) == before
    save(decide(rows, {"1": "tieni separati"}), project.folder / "y.xlsx")
    project.unify("review", "import", "y.xlsx")
    assert set(pairs(decisions(project)).values()) == {"different"}


def test_reviewers_who_differ_leave_it_undecided(project: Project) -> None:
    rows = rows_of(exported(project))
    for name, word in (("maria", "unisci"), ("luca", "tieni separati")):
        save(decide(rows, {"1": word}, name), project.folder / f"{name}.xlsx")
        assert project.unify("review", "import", f"{name}.xlsx").code == 0
    told = project.unify("review", "status").stdout
    assert "1 pairs of records in conflict" in told
    assert "Of 1 cases that two answered, they agree in 0" in told
    before = project.customers()
    project.run(60 * 24 * 400)
    assert project.customers() == before


def test_reviewers_share_some_of_their_cases(project: Project) -> None:
    done = project.unify("review", "export", "q.xlsx", "--reviewers", "anna, luca")
    assert done.code == 0, done.stderr
    cases = []
    for name in ("anna", "luca"):
        rows = rows_of(project.folder / f"q-{name}.xlsx")[1:]
        assert {row[3] for row in rows} == {name}
        cases.append({frozenset(r[9] for r in rows if r[0] == row[0]) for row in rows})
    assert len(cases[0] & cases[1]) == len(cases[0] | cases[1]) // 10 + 1
    assert len(cases[0] | cases[1]) == len(FAMILIES)


def test_what_changed_since_is_stale_and_skipped(project: Project) -> None:
    rows = decide(rows_of(exported(project)), ANSWERS)
    save(rows, project.folder / "x.xlsx")
    gone = next(row for row in rows[1:] if row[0] == "1")[9]
    text = (project.folder / "crm.csv").read_text(encoding="utf-8")
    changed = [
        line.replace("Bergamo", "Milano") if line.startswith(f"{gone},") else line
        for line in text.splitlines()
    ]
    project.write("crm.csv", "\n".join(changed))
    project.run(1)
    done = project.unify("review", "import", "x.xlsx")
    assert (done.code, done.stdout.count("skipped, a record changed")) == (0, 1), done
    assert "1" not in {d.case for d in decisions(project)}
    assert len({d.case for d in decisions(project)}) == 3


def test_a_no_follows_a_source_that_counts_anew(project: Project) -> None:
    rows = decide(rows_of(exported(project)), {"1": "tieni separati"})
    save(rows, project.folder / "x.xlsx")
    project.unify("review", "import", "x.xlsx")
    head, *body = (project.folder / "crm.csv").read_text(encoding="utf-8").splitlines()
    project.write("crm.csv", "\n".join([head, *(f"9{line}" for line in body)]))
    project.run(1)
    told = project.unify("review", "status", "--json").stdout
    assert '"open": ' in told
    assert ('"suspended": []' in told) or '"moved along"' in told, told


Edit = Callable[[Rows, random.Random], None]


def _word(rows: Rows, chance: random.Random) -> None:
    chance.choice(rows[1:])[2] = chance.choice(["forse", "=1+1", "UNISCI ", "separati", "merge"])


def _cell(rows: Rows, chance: random.Random) -> None:
    row = chance.choice(rows)
    row[chance.randrange(len(row))] = chance.choice(["", "x", "\0", "à" * 50, "=cmd|' /C calc'!A0"])


def _token(rows: Rows, chance: random.Random) -> None:
    row = chance.choice(rows[1:])
    row[-1] = chance.choice([row[-1][:-1], "u1.x.y", row[-1].upper(), "", row[-1] + " "])


def _swapped(rows: Rows, chance: random.Random) -> None:
    one, other = chance.choice(rows[1:]), chance.choice(rows[1:])
    one[-1], other[-1] = other[-1], one[-1]


def _deleted(rows: Rows, chance: random.Random) -> None:
    del rows[chance.randrange(1, len(rows))]


def _doubled(rows: Rows, chance: random.Random) -> None:
    rows.insert(chance.randrange(1, len(rows)), list(chance.choice(rows[1:])))


def _shuffled(rows: Rows, chance: random.Random) -> None:
    rows[1:] = chance.sample(rows[1:], len(rows) - 1)


EDITS: tuple[Edit, ...] = (_word, _cell, _token, _swapped, _deleted, _doubled, _shuffled)


def _mutate(project: Project, count: int) -> None:
    from unify.errors import UnifyError
    from unify.review.reading import read as read_lines
    from unify.review.taking import answered

    clean = rows_of(exported(project))
    with ledger.opened(project.folder / ledger.FILE) as opened:
        (key,) = opened.signature()
    known = {row[-1]: row for row in clean[1:]}
    chance = random.Random(5)
    taken = refused = 0
    for number in range(count):
        rows = decide([list(row) for row in clean], ANSWERS)
        for _ in range(chance.choice([1, 1, 2, 5])):
            chance.choice(EDITS)(rows, chance)
        file = save(rows, project.folder / f"m.{chance.choice(['csv', 'csv', 'xlsx'])}")
        if file.suffix == ".csv":
            text = file.read_text(encoding="utf-8-sig")
            encoding = chance.choice(["utf-8", "utf-16", "cp1252"])
            file.write_bytes(text.encode(encoding, errors="replace"))
        try:
            answers = answered(read_lines(file), key, file.name, "x")
        except UnifyError as told:
            refused += 1
            assert "row " in str(told) or "no worksheet" in str(told), (number, str(told))
            continue
        taken += 1
        here = {row[-1].strip(): row for row in rows}
        for answer in answers:
            tokens = [read(token, key) for token in known]
            whole = {t.record for t in tokens if t and t.case == answer.case}
            assert {t.record for t in (*answer.left, *answer.right)} == whole
            words = {here[t][2] for t in here if (k := read(t, key)) and k.case == answer.case}
            assert " ".join(wording("it").text("worksheet", answer.judgement.value).split()) in {
                w.strip().casefold().replace("merge", "unisci") for w in words
            }
    assert taken > count / 10
    assert refused > count / 10


def test_no_mutated_worksheet_decides_on_another_case(project: Project) -> None:
    _mutate(project, 100)


@pytest.mark.soak
def test_no_mutated_worksheet_of_very_many_does(project: Project) -> None:
    _mutate(project, 1000)


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (lambda rows: rows[1].__setitem__(2, "forse"), "row 2, column 'decisione' (C): 'forse' is no decision"),
        (lambda rows: (rows[1].__setitem__(2, "unisci"), rows[2].__setitem__(2, "tieni separati")), "has another decision in row 2"),
        (lambda rows: rows[3].__setitem__(-1, "u1.abc.def"), "row 4, column 'token'"),
        (lambda rows: (rows[1].__setitem__(2, "unisci"), rows.pop(2)), "1 are missing"),
        (lambda rows: rows[1].__setitem__(2, "unisci"), "nobody is named who decided"),
    ],
)  # fmt: skip
def test_what_is_malformed_is_refused_whole_with_its_place(
    project: Project, edit: Callable[[Rows], object], told: str
) -> None:
    rows = rows_of(exported(project))
    edit(rows)
    done = project.unify("review", "import", str(save(rows, project.folder / "x.xlsx")))
    assert (done.code, done.stdout) == (1, "")
    assert told in done.stderr
    assert decisions(project) == ()


def test_another_project_s_worksheet_is_refused(project: Project, tmp_path: Path) -> None:
    other = Project(shutil.copytree(project.folder, tmp_path / "other", symlinks=True))
    with ledger.opened(other.folder / ledger.FILE) as opened:
        opened.connection.execute("delete from signature")
        opened.connection.commit()
    rows = decide(rows_of(exported(other)), {"1": "unisci"})
    exported(project)
    done = project.unify("review", "import", str(save(rows, project.folder / "x.xlsx")))
    assert done.code == 1
    assert "of no worksheet of this project" in done.stderr


def test_values_that_look_like_formulas_come_back_as_they_were(project: Project) -> None:
    by_text, by_sheet = exported(project, "q.csv"), exported(project)
    raw = list(csv.reader(by_text.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert not [c for row in raw for c in row if c.startswith(("=", "+", "-", "@", "\t"))]
    one, other = ([row[:-1] for row in rows_of(file)] for file in (by_text, by_sheet))
    assert one == other
    notes = {cell for row in one for cell in row}
    assert {'=HYPERLINK("http://x")', "@SUM(A1)", "-1+1"} <= notes


@pytest.mark.parametrize("value", [*NASTY, "=1", "plain", "'", "", "＝1", "\r=1"])
def test_an_escaped_value_is_the_same_again(value: str) -> None:
    assert csv_text.plain(csv_text.escaped(value)) == value


def test_no_file_is_written_over(project: Project) -> None:
    exported(project)
    done = project.unify("review", "export", "q.xlsx")
    assert (done.code, "is there already" in done.stderr) == (2, True)


def test_a_worksheet_is_protected_but_for_three_columns(project: Project) -> None:
    import zipfile

    with zipfile.ZipFile(exported(project)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        book = parts.read("xl/workbook.xml").decode()
    assert "<sheetProtection" in sheet
    assert "password" not in sheet
    assert '"unisci,tieni separati,incerto"' in sheet
    assert 'hidden="1"' in sheet
    assert 'state="frozen"' in sheet
    assert "<autoFilter" in sheet
    assert "<f>" not in sheet
    assert 'name="Review"' in book
    assert 'name="Istruzioni"' in book


@pytest.mark.parametrize(
    ("value", "others", "marked"),
    [
        ("Rossi", ["Rosi"], "s"),
        ("Rossi", ["Rossi"], ""),
        ("Rossi", [], ""),
        ("a@b.it; c@d.it", ["a@b.it"], "c@d.it"),
    ],
)
def test_the_letters_that_differ_are_marked(value: str, others: list[str], marked: str) -> None:
    found = runs(value, others)
    assert "".join(text for text, _ in found) == value
    if marked == "c@d.it":
        assert found[0] == ("a@b.it; ", False)
    else:
        assert "".join(text for text, differs in found if differs) == marked


def test_a_token_says_what_it_was_made_of_to_its_project_alone() -> None:
    token = Token("w", "anna", "c", 3, "left", 1, 2, "crm:è|=1", "f")
    assert read(written(token, "key"), "key") == token
    assert read(written(token, "key"), "other") is None
    assert read(written(token, "key")[:-1] + "x", "key") is None


@pytest.mark.parametrize("kind", ["person", "organization"])
def test_italian_has_a_word_for_every_level(kind: str) -> None:
    words = read_toml("wording/it.toml")
    levels = {level.name for one in shipped(kind).comparisons for level in one.levels}
    own = {
        level["name"] for one in read_toml("models/own.toml").values() for level in one["levels"]
    }
    assert sorted((levels | own) - set(words["levels"])) == []


RECORDS = st.sampled_from([f"crm:{n}" for n in range(6)])
WORDS = st.builds(
    Decision, RECORDS, RECORDS, st.sampled_from(list(Judgement)),
    st.sampled_from(["anna", "luca"]), st.just(""), st.integers(0, 50).map(str),
).filter(lambda d: d.left_record != d.right_record)  # fmt: skip


@given(st.lists(WORDS, max_size=25))
def test_what_holds_never_contradicts_itself(said: list[Decision]) -> None:
    latest = {(*d.pair, d.steward): d for d in said}
    found = agree(latest.values())
    group = found.accord.group
    for one in found.holding:
        same = group(one.left_record) == group(one.right_record)
        assert (one.judgement is Judgement.UNSURE) or same is (one.judgement is Judgement.SAME)
    for refused in found.contradictions:
        assert refused.by
        assert all(word in found.holding for word in refused.by)
    undecided = {d.pair for words in found.conflicts for d in words}
    assert undecided.isdisjoint({d.pair for d in found.holding})
    lost = len(latest) - len(found.holding) - len(found.contradictions)
    assert lost == sum(d.pair in undecided for d in latest.values())
