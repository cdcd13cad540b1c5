"""Worksheets → decisions in the ledger: a file whole or not at all, and only what is still so."""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from unify import ledger as ledgers
from unify.accord import agree, conflicts
from unify.decisions import Decision, Judgement, in_words
from unify.errors import WorksheetError
from unify.generations import Generations
from unify.publication import current
from unify.review.reading import LANGUAGES, Line, read
from unify.review.sheet import TOKEN
from unify.review.tokens import Token
from unify.review.tokens import read as read_token
from unify.standing import known_by
from unify.wording import wording
from unify.workspace import published

EVIDENCE: Final = "evidence"
LISTED: Final = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worksheet says of a case."""

    number: int
    case: str
    judgement: Judgement
    reviewer: str
    comment: str
    place: str
    worksheet: str
    left: tuple[Token, ...]
    right: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a worksheet."""

    file: str
    answers: int
    """Cases that were answered."""
    new: int
    """Those among them that the ledger did not know so."""
    stale: tuple[str, ...]
    refused: tuple[str, ...]
    """Answers that contradict what was decided, each with the words against it."""
    conflicts: int
    """Pairs of records on which reviewers differ now."""


def take(
    generations: Generations, ledger: Path, file: Path, at: str, *, by: str = "", folder: Path
) -> Taken:
    """Take in a worksheet's decisions, and keep the file in `folder` as evidence.

    `by`: who decided, where the worksheet does not say. Raises WorksheetError for a file that is
    malformed, with sheet, row and column: nothing of it is taken in then.
    """
    with ledgers.opened(ledger) as opened:
        (key,) = opened.signature()
        answers = answered(read(file), key, file.name, by)
        records = {t.record for answer in answers for t in (*answer.left, *answer.right)}
        with published(current(generations)) as database:
            now, forms = known_by(database, records)
        fresh = [a for a in answers if all(now.get(t.record) == t.form for t in _tokens(a))]
        stale = tuple(a.place for a in answers if a not in fresh)
        kept = _keep(file, folder, at) if answers else ""
        said, refused = _consistent(opened.decisions(), fresh, kept, at)
        opened.decide(*said, forms=forms)
        differing = len(conflicts(opened.decisions()))
    new = len({decision.case for decision in said})
    return Taken(file.name, len(answers), new, stale, refused, differing)


def answered(lines: Sequence[Line], key: str, file: str, by: str = "") -> list[Answer]:
    """The answers of a worksheet's rows, in the order of their cases.

    Raises WorksheetError that lists what is malformed, each with its place.
    """
    problems: list[str] = []
    cases: dict[tuple[str, str], list[tuple[Line, Token]]] = defaultdict(list)
    for line in lines:
        token = read_token(line.cells[TOKEN], key) if line.cells[TOKEN] else None
        if token is None:
            problems.append(
                f"{line.place(TOKEN)}: this row is of no worksheet of this project"
                if line.cells[TOKEN]
                else f"{line.place('decision')}: a decision stands in a row without token"
            )
        elif mixed := _mixed(line, token):
            problems.append(f"{line.place(mixed)}: the row's token is that of another record")
        else:
            cases[token.worksheet, token.case].append((line, token))
    names = {n for line in lines if (n := line.cells.get("reviewer", ""))}
    only = by or (names.pop() if len(names) == 1 else "")
    answers = [a for rows in cases.values() for a in _answer(rows, only, problems)]
    if problems:
        more = f"\n  … and {len(problems) - LISTED} more" if len(problems) > LISTED else ""
        raise WorksheetError(
            "nothing was taken in:\n  " + "\n  ".join(problems[:LISTED]) + more,
            where=file,
            remedy="Mend these cells, and import the file again.",
        )
    return sorted(answers, key=lambda answer: (answer.worksheet, answer.number, answer.case))


def _mixed(line: Line, token: Token) -> str:
    """The column that shows another record than the token's: rows were sorted in part."""
    shown = {
        "case": str(token.number),
        "source": token.record.partition(":")[0],
        "source_key": token.record.partition(":")[2],
    }
    for column, right in shown.items():
        said = line.cells.get(column)
        if said and said.lstrip("0") != right.strip().lstrip("0"):
            # A program may have taken a key for a number: 1.0E5, 12.0.
            number = _number(said) if column == "source_key" else None
            if number is None or number != _number(right):
                return column
    return ""


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def _answer(rows: Sequence[tuple[Line, Token]], only: str, problems: list[str]) -> Iterator[Answer]:
    decided = [(line, line.cells["decision"]) for line, _ in rows if line.cells["decision"]]
    if not decided:
        return
    judgements: dict[Judgement, Line] = {}
    for line, word in decided:
        judgement = _words().get(" ".join(word.split()).casefold())
        if judgement is None:
            known = ", ".join(
                wording(one).text("worksheet", j.value) for one in LANGUAGES for j in Judgement
            )
            problems.append(f"{line.place('decision')}: '{word[:40]}' is no decision ({known})")
            return
        judgements.setdefault(judgement, line)
    line, token = decided[0][0], rows[0][1]
    if len(judgements) > 1:
        other = [*judgements.values()][1]
        problems.append(
            f"{other.place('decision')}: case {token.number} has another decision in row {line.row}"
        )
        return
    tokens = {one.row: one for _, one in rows}
    if len(tokens) != token.rows:
        problems.append(
            f"{line.place('decision')}: of the {token.rows} rows of case {token.number},"
            f" {token.rows - len(tokens)} are missing"
        )
        return
    reviewers = {r for one, _ in decided if (r := one.cells.get("reviewer", ""))}
    reviewers = reviewers or {r for one, _ in rows if (r := one.cells.get("reviewer", ""))}
    if len(reviewers) > 1:
        problems.append(f"{line.place('reviewer')}: case {token.number} has two reviewers")
        return
    reviewer = " ".join((reviewers.pop() if reviewers else token.reviewer or only).split())
    if not reviewer:
        problems.append(f"{line.place('reviewer')}: nobody is named who decided (or say --by NAME)")
        return
    comments = dict.fromkeys(c for one, _ in rows if (c := one.cells.get("comment", "")))
    (judgement,) = judgements
    ordered = [tokens[row] for row in sorted(tokens)]
    yield Answer(
        token.number, token.case, judgement, reviewer, "; ".join(comments), line.place("decision"),
        token.worksheet, tuple(t for t in ordered if t.side == "left"),
        tuple(t for t in ordered if t.side == "right"),
    )  # fmt: skip


def _words() -> Mapping[str, Judgement]:
    return {
        wording(language).text("worksheet", one.value): one
        for language in LANGUAGES
        for one in Judgement
    }


def _tokens(answer: Answer) -> tuple[Token, ...]:
    return (*answer.left, *answer.right)


def _decisions(answer: Answer, worksheet: str, at: str) -> list[Decision]:
    return [
        Decision(
            a.record, b.record, answer.judgement, answer.reviewer, answer.comment, at, a.form,
            b.form, worksheet, answer.case,
        ).ordered()
        for a in answer.left
        for b in answer.right
    ]  # fmt: skip


def _consistent(
    before: Sequence[Decision], answers: Sequence[Answer], worksheet: str, at: str
) -> tuple[list[Decision], tuple[str, ...]]:
    """The words that are new, and those answers that other words rule out.

    An answer replaces what the same reviewer said before; two reviewers who differ on the same
    records are in conflict, and neither is refused.
    """
    standing = {(*d.pair, d.steward): d for d in before}
    asked = [
        (a, [d for d in _decisions(a, worksheet, at) if not _known(d, standing)]) for a in answers
    ]
    replaced = {(*d.pair, d.steward) for _, words in asked for d in words}
    rest = [d for key, d in standing.items() if key not in replaced]
    differing = set(conflicts([*rest, *(d for _, words in asked for d in words)]))
    accord = agree(d for d in rest if d.pair not in differing).accord
    taken: list[Decision] = []
    refused = []
    for answer, words in asked:
        clear = [d for d in words if d.pair not in differing]
        against = next((o for d in clear if (o := accord.objection(d))), ())
        if against:
            told = " and ".join(map(in_words, against[:3]))
            refused.append(f"{answer.place}: {answer.reviewer} says '{answer.judgement.value}' of"
                           f" case {answer.number}, but {told}")  # fmt: skip
            continue
        for decision in clear:
            accord.add(decision)
        taken += words
    return taken, tuple(refused)


def _known(decision: Decision, standing: Mapping[tuple[str, str, str], Decision]) -> bool:
    """Whether the same was said before, of the same content."""
    before = standing.get((*decision.pair, decision.steward))
    return before is not None and decision == replace(
        before, at=decision.at, worksheet=decision.worksheet, case=decision.case
    )


def _keep(file: Path, folder: Path, at: str) -> str:
    """Keep a copy of a file as evidence, once; give its name there."""
    content = file.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:12]
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    known = next(folder.glob(f"*-{digest}{file.suffix}"), None)
    if known:
        return known.name
    target = folder / f"{at[:10]}-{digest}{file.suffix}"
    beside = target.with_suffix(".part")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
    beside.replace(target)
    return target.name
