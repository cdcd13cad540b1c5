"""How far review has come: open and decided cases, conflicts, what waits, how reviewers agree."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from unify.decisions import Decision, Judgement
from unify.generations import Generations
from unify.review.project import Review, opened
from unify.standing import Standing

Z = 1.96
# Cases that a reviewer settles in an hour: what hours are told by.
CASES_AN_HOUR = 40
ENOUGH = 20


@dataclass(frozen=True, slots=True)
class Reviewer:
    """What one reviewer answered: cases, by judgement."""

    name: str
    answers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Cases that several reviewers answered, in how many they agree, and Cohen's kappa."""

    both: int
    agree: int
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Band:
    """What reviewers found of the pairs held likelier than `least` and less than a merge takes."""

    least: float
    answered: int
    same: int
    low: float
    high: float
    """A 95 % interval of the share that is the same (Wilson)."""
    open: int
    hours: float
    """What not asking them would save."""


@dataclass(frozen=True, slots=True)
class Status:
    """How far review has come."""

    open: int
    decided: int
    unsure: int
    conflicts: tuple[tuple[Decision, ...], ...]
    contradictions: int
    suspended: tuple[Decision, ...]
    standing: Mapping[str, int]
    reviewers: tuple[Reviewer, ...]
    agreement: Agreement
    bands: tuple[Band, ...]


def status(generations: Generations, ledger: Path) -> Status:
    """How far the review of what is published has come."""
    with opened(generations, ledger) as review:
        answers = _answers(review.decisions)
        return Status(
            open=review.queue(0).open,
            decided=len(
                {c for (c, _), d in answers.items() if d.judgement is not Judgement.UNSURE}
            ),
            unsure=len({c for (c, _), d in answers.items() if d.judgement is Judgement.UNSURE}),
            conflicts=review.agreed.conflicts,
            contradictions=len(review.agreed.contradictions),
            suspended=tuple(h.decision for h in review.heard if h.standing is Standing.SUSPENDED),
            standing=dict(Counter(h.standing.value for h in review.heard)),
            reviewers=_reviewers(answers),
            agreement=_agreement(answers),
            bands=tuple(_bands(review)),
        )


def _answers(decisions: Iterable[Decision]) -> dict[tuple[str, str], Decision]:
    """(case, reviewer) → one of the words that answered it; words without a case are one each."""
    return {(d.case or "|".join(d.pair), d.steward): d for d in decisions}


def _reviewers(answers: Mapping[tuple[str, str], Decision]) -> tuple[Reviewer, ...]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for (_, steward), decision in answers.items():
        counts[steward][decision.judgement.value] += 1
    return tuple(Reviewer(name, dict(counts[name])) for name in sorted(counts))


def _agreement(answers: Mapping[tuple[str, str], Decision]) -> Agreement:
    by_case: dict[str, list[str]] = defaultdict(list)
    for (case, _), decision in sorted(answers.items()):
        by_case[case].append(decision.judgement.value)
    pairs = [pair for words in by_case.values() for pair in combinations(words, 2)]
    agree = sum(a == b for a, b in pairs)
    return Agreement(len(pairs), agree, _kappa(pairs, agree))


def _kappa(pairs: Sequence[tuple[str, str]], agree: int) -> float | None:
    """Cohen's kappa (1960), of two answers whose order does not count."""
    if not pairs:
        return None
    shares = Counter(word for pair in pairs for word in pair)
    chance = sum((n / (2 * len(pairs))) ** 2 for n in shares.values())
    return None if chance == 1 else round((agree / len(pairs) - chance) / (1 - chance), 3)


def _bands(review: Review) -> Iterable[Band]:
    """For thresholds below that of a merge: what reviewers found above, and what is open there."""
    words = {
        d.pair: d.judgement for d in review.agreed.holding if d.judgement is not Judgement.UNSURE
    }
    rows = review.database.rows("doubtful_pair", review=review.review, auto_merge=review.auto_merge)
    for least in (review.review, 0.8, 0.9, 0.95):
        if not review.review <= least < review.auto_merge:
            continue
        within = [r for r in rows if r["match_probability"] >= least]
        told = [words[p] for r in within if (p := (r["record_id_l"], r["record_id_r"])) in words]
        if len(told) < ENOUGH:
            continue
        same = sum(one is Judgement.SAME for one in told)
        left = len(within) - len(told)
        yield Band(least, len(told), same, *interval(same, len(told)), left, left / CASES_AN_HOUR)


def interval(found: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, 1927)."""
    share = found / of
    middle = share + Z * Z / (2 * of)
    spread = Z * math.sqrt(share * (1 - share) / of + Z * Z / (4 * of * of))
    scale = 1 + Z * Z / of
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)
