"""What speaks for and against a case, what was said of it, what a merge would change: in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from unify.decisions import Judgement
from unify.linkage.explanation import Finding, Weighed
from unify.review.cases import HALVES, Case
from unify.standing import Heard, Standing
from unify.wording import Wording

Row = Mapping[str, Any]
# What weighs less (log2) is not worth a reader's time.
SAYS = 0.3
UNSAID = ("source", "reach")
NAMED = ("given_name", "family_name", "name")
GAINED = 6


def because(case: Case, weighed: Weighed | None, words: Wording) -> str:
    """Why a case is asked: its evidence, and what stewards said of it before."""
    parts = []
    if case.asks == HALVES:
        parts.append(words.text("because", "bridge"))
    if weighed:
        parts.append(_evidence(weighed, case, words))
    if case.reason:
        parts.append(words.text("because", "held", reason=words.reason(case.reason)))
    parts += [_said(one, words) for one in case.said]
    if any(one.standing in (Standing.CARRIED, Standing.SUSPENDED) for one in case.said):
        parts.append(words.text("because", "changed"))
    return " ".join(filter(None, parts))


def change(case: Case, values: Mapping[str, Row], fields: Sequence[str], words: Wording) -> str:
    """What a merge would change: who goes on, what it gains, of what one value remains."""
    if case.asks == HALVES:
        return ""
    left, right = ([values[m.record] for m in side] for side in (case.left, case.right))
    gains, differs = [], []
    for field in fields:
        ours, theirs = (_held(rows, field) for rows in (left, right))
        fresh = [value for value in theirs if value not in ours]
        if not fresh or field in ("full_name", "kind"):
            continue
        if not ours or field in ("emails", "phones"):
            gains += [f"{words.field(field)} {value}" for value in fresh]
        else:
            differs.append(f"{words.field(field)} ({' / '.join((*ours, *fresh))})")
    said = [
        words.text(
            "because", "goes_on", customer=case.left[0].customer, other=case.right[0].customer
        )
    ]
    if gains:
        said.append(words.text("because", "adds", values=_listed(gains)))
    if differs:
        said.append(words.text("because", "differs", values=_listed(differs)))
    return " ".join(said)


def day(at: str, words: Wording) -> str:
    """An instant as people say its day."""
    year, month, number = at[:10].split("-")
    return f"{int(number)} {words.texts['because']['month'][int(month) - 1]} {year}"


def _held(rows: Sequence[Row], field: str) -> list[str]:
    values = (part for row in rows for part in str(row.get(field) or "").split("; "))
    return list(dict.fromkeys(value for value in values if value))


def _listed(values: Sequence[str]) -> str:
    more = " …" if len(values) > GAINED else ""
    return ", ".join(values[:GAINED]) + more


def _evidence(weighed: Weighed, case: Case, words: Wording) -> str:
    """What agrees, then what differs: within each, what says most first."""
    told = [f for f in weighed.findings if abs(f.weight) >= SAYS and f.comparison not in UNSAID]
    order = sorted(told, key=lambda f: -abs(f.weight))
    agree, differ = (
        [_phrase(f, weighed, case, words) for f in order if (f.weight > 0) is agrees]
        for agrees in (True, False)
    )
    said = "; ".join(filter(None, (", ".join(agree), ", ".join(differ))))
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _phrase(finding: Finding, weighed: Weighed, case: Case, words: Wording) -> str:
    name, level = finding.comparison, finding.level
    for table in ("same", "different"):
        if level.partition(",")[0] == table and name in words.texts[table]:
            return str(words.texts[table][name])
    sides = dict(finding.left), dict(finding.right)
    left, right = words.values(name, *(sides if weighed.left == case.pair[0] else sides[::-1]))
    left, right = left.title(), right.title()
    if level == "short form" and name == "given_name":
        return words.text("because", "forms", left=left, right=right)
    if name in ("contact", "locality"):
        return words.level(level)
    said = {"compared": words.comparison(name), "found": words.level(level)}
    if name in NAMED and left != right:
        return words.text("because", "valued", **said, left=left, right=right)
    return words.text("because", "other", **said)


def _said(heard: Heard, words: Wording) -> str:
    one = heard.decision
    why = words.text("because", "why", reason=one.reason) if one.reason else ""
    key = {
        Judgement.SAME: "said_same",
        Judgement.DIFFERENT: "said_different",
        Judgement.UNSURE: "said_unsure",
    }[one.judgement]
    return words.text(
        "because", key, steward=one.steward, left=one.left_record, right=one.right_record,
        day=day(one.at, words), why=why,
    )  # fmt: skip
