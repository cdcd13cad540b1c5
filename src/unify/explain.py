"""Why two records, or customers, are or are not together: by what is published, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from unify.decisions import Decision, Judgement
from unify.errors import ConfigError
from unify.generations import Generations
from unify.linkage.explanation import Finding, Pair, Weighed
from unify.linkage.strongest import Step
from unify.match import SURE
from unify.publication import current, resolved
from unify.verdict import Evidence, Row, Verdict, evidence, judge, probability, weight_of
from unify.wording import Wording, wording
from unify.workspace import published

# Of a customer with more records than this, the first ones are compared where no pair was scored.
RECORDS_COMPARED = 20
LISTED = 10
MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Line:
    """What was found in one comparison: the level, in words, what the records hold, the weight."""

    comparison: str
    level: str
    compared: str
    found: str
    left: str
    right: str
    weight: float
    frequency: float | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why two records are, or are not, one customer.

    Asked of customers, the records are those of the two that speak most for one. Weights are
    powers of two; `evidence` is the match weight before any cap, and with `prior` and the lines
    it adds up.
    """

    left: str
    right: str
    left_customer: str
    right_customer: str
    verdict: str
    said: str
    details: tuple[str, ...]
    kind: str | None
    """Whose model compared them, if any can."""
    prior: float | None
    lines: tuple[Line, ...]
    evidence: float | None
    match_weight: float | None
    match_probability: float | None
    cap: str
    """Why the weight is no higher: empty where nothing caps it."""
    auto_merge: float
    path: tuple[Step, ...]
    pairs: tuple[Row, ...]
    refusals: tuple[Row, ...]


def explain(generations: Generations, ledger: Path, left: str, right: str) -> Explanation:
    """Why two records or customers (any id that they ever had) are, or are not, together.

    Raises ConfigError for one that is not published, or for one record asked about twice.
    """
    place = current(generations)
    with published(place) as database:
        customers = resolved(database, left), resolved(database, right)
        held = evidence(database, place.parent, ledger, *customers)
        one, other = (
            [asked] if asked in held.records else _records_of(held, customer)
            for asked, customer in zip((left, right), customers, strict=True)
        )
        if one == other and len(one) == 1:
            raise ConfigError("both are one and the same record", where=f"{left} {right}")
        return _explained(held, _strongest(held, one, other), wording())


def _records_of(held: Evidence, customer: str) -> list[str]:
    return [record for record, row in held.records.items() if row["customer_id"] == customer]


def _strongest(held: Evidence, one: Sequence[str], other: Sequence[str]) -> Pair:
    """The pair of one's and the other's records that speaks most for their being one: of those
    that were scored, or else of their first ones."""
    ours, theirs = set(one), set(other)
    for row in held.pairs:
        pair = row["record_id_l"], row["record_id_r"]
        for left, right in (pair, pair[::-1]):
            if left in ours and right in theirs:
                return left, right
    few = product(one[:RECORDS_COMPARED], other[:RECORDS_COMPARED])
    pairs = [pair for pair in few if len(set(pair)) > 1]
    weighed = held.weighed(pairs)
    best = max(weighed, key=lambda pair: (weighed[pair].capped(held.cap), pair), default=pairs[0])
    return best if best in pairs else best[::-1]


def _explained(held: Evidence, pair: Pair, words: Wording) -> Explanation:
    weighed = held.weighed([pair]).get((min(pair), max(pair)))
    verdict = judge(held, pair, weighed)
    path = held.path(pair) if verdict is Verdict.THROUGH else ()
    weight = None if weighed is None else round(weighed.capped(held.cap), 6)
    left, right = (held.records[record] for record in pair)
    return Explanation(
        left=pair[0],
        right=pair[1],
        left_customer=left["customer_id"],
        right_customer=right["customer_id"],
        verdict=verdict.value,
        said=words.text("verdicts", verdict.value, **_facts(held, pair, weight, path, words)),
        details=tuple(_details(held, pair, verdict, weighed, words)),
        kind=weighed.kind if weighed else None,
        prior=None if weighed is None else round(weight_of(weighed.prior), 6),
        lines=tuple(_lines(weighed, pair, words)) if weighed else (),
        evidence=None if weighed is None else round(weighed.weight, 6),
        match_weight=weight,
        match_probability=None if weight is None else round(probability(weight), 6),
        cap=_cap(held, weighed),
        auto_merge=held.threshold,
        path=path,
        pairs=held.pairs[:LISTED],
        refusals=held.refusals[:LISTED],
    )


def _facts(
    held: Evidence, pair: Pair, weight: float | None, path: Sequence[Step], words: Wording
) -> dict[str, object]:
    """What the sentence of a verdict may tell."""
    left, right = (held.records[record] for record in pair)
    weight = -float("inf") if weight is None else weight
    doubtful = probability(weight) >= held.review
    return {
        "left": pair[0],
        "right": pair[1],
        "customer": left["customer_id"],
        "left_customer": left["customer_id"],
        "right_customer": right["customer_id"],
        "left_kind": words.text("kinds", left["kind"]),
        "right_kind": words.text("kinds", right["kind"]),
        "short": weight_of(held.threshold) - weight,
        "doubtful": words.text("details", "doubtful") if doubtful else "",
        "path": ", ".join(step.right for step in path[:-1]),
    }


def _cap(held: Evidence, weighed: Weighed | None) -> str:
    if weighed is None or weighed.capped(held.cap) >= weighed.weight:
        return ""
    return "crossing" if weighed.crossing else "unanchored"


def _lines(weighed: Weighed, pair: Pair, words: Wording) -> Iterator[Line]:
    """What there was to compare, what says most first."""
    found = [finding for finding in weighed.findings if finding.level != MISSING]
    for one in sorted(found, key=lambda finding: -abs(finding.weight)):
        values = words.values(one.comparison, *_sides(weighed, one, pair))
        yield Line(
            comparison=one.comparison,
            level=one.level,
            compared=words.comparison(one.comparison),
            found=_found(one, words),
            left=values[0],
            right=values[1],
            weight=round(one.weight, 6),
            frequency=one.frequency,
        )


def _found(finding: Finding, words: Wording) -> str:
    """How far the records agree; with a value that weighs by it, how many others have that."""
    found = words.level(finding.level)
    if finding.frequency is None:
        return found
    return words.text("details", "frequency", found=found, often=1 / finding.frequency)


def _sides(weighed: Weighed, finding: Finding, pair: Pair) -> tuple[Row, Row]:
    """What the records hold, in the order in which they were asked about."""
    sides = dict(finding.left), dict(finding.right)
    return sides if weighed.left == pair[0] else sides[::-1]


def _details(
    held: Evidence, pair: Pair, verdict: Verdict, weighed: Weighed | None, words: Wording
) -> Iterator[str]:
    yield from _decisions(held, pair, words)
    yield from _identities(held, pair, words)
    if held.records[pair[0]]["customer_id"] != held.records[pair[1]]["customer_id"]:
        yield from _refusals(held, pair, words)
    if weighed is None:
        yield words.text("details", "no_model")
        return
    if verdict in (Verdict.NEVER_COMPARED, Verdict.HOPELESS):
        yield _blocks(held, verdict, weighed, words)
    if verdict is Verdict.NEVER_COMPARED:
        likely = probability(weighed.capped(held.cap))
        yield words.text("details", "would_weigh", probability=likely)
    yield from _unsure(held, pair, words)
    missing = [words.comparison(f.comparison) for f in weighed.findings if f.level == MISSING]
    if missing:
        yield words.text("details", "missing", comparisons=", ".join(missing))


def _decisions(held: Evidence, pair: Pair, words: Wording) -> Iterator[str]:
    """What stewards said of the two, or of those that stand in the way."""
    witnesses = [(row["witness_l"], row["witness_r"]) for row in held.refusals]
    told: dict[Decision, None] = {}
    for records in (pair, *witnesses):
        told |= dict.fromkeys(held.said_of(records))
    for decision in told:
        same = decision.judgement is Judgement.SAME
        yield words.text(
            "details", "decision_same" if same else "decision_different",
            steward=decision.steward, left=decision.left_record, right=decision.right_record,
            at=decision.at, reason=decision.reason,
        )  # fmt: skip
        if not held.holds(decision):
            yield words.text("details", "pending")
        elif not same:
            yield from _would_be(held, pair, words)


def _would_be(held: Evidence, pair: Pair, words: Wording) -> Iterator[str]:
    """What would have joined two that a decision keeps apart."""
    path = held.path(pair)
    between = [step.right for step in path[:-1]]
    if between:
        yield words.text("details", "would_through", path=", ".join(between))
    elif path:
        yield words.text("details", "would_join")


def _identities(held: Evidence, pair: Pair, words: Wording) -> Iterator[str]:
    left, right = (held.records[record] for record in pair)
    one, other = left["identity"], right["identity"]
    if one and other and one != other and left["kind"] == right["kind"]:
        yield words.text(
            "details", "identities", left=pair[0], right=pair[1],
            left_identity=one, right_identity=other,
        )  # fmt: skip


def _refusals(held: Evidence, asked: Pair, words: Wording) -> Iterator[str]:
    """What kept the two apart; where they were not likely enough themselves, which other pairs
    of the two customers were, and what kept those apart."""
    own = [r for r in held.refusals if {r["record_id_l"], r["record_id_r"]} == set(asked)]
    for row in (own or held.refusals)[:LISTED]:
        pair = row["record_id_l"], row["record_id_r"]
        yield words.text(
            "details", "refusal", left=pair[0], right=pair[1],
            probability=row["match_probability"], reason=words.reason(row["reason"]),
        )  # fmt: skip
        witnesses = row["witness_l"], row["witness_r"]
        if set(witnesses) != set(pair):
            known = row["witness_weight"] is not None
            weight = words.text("details", "witness_weight", weight=row["witness_weight"] or 0.0)
            yield words.text(
                "details", "witnesses", left=witnesses[0], right=witnesses[1],
                weight=weight if known else "",
            )  # fmt: skip


def _blocks(held: Evidence, verdict: Verdict, weighed: Weighed, words: Wording) -> str:
    """Which blocking rules could have found the two, and why none did."""
    shared = held.blocks(weighed)
    if not shared:
        rules = held.keys(weighed)
        some = "; ".join(map(words.keys, rules[:LISTED]))
        return words.text("details", "no_blocks", keys=some, rules=len(rules))
    # So likely a pair would have been kept, had it been compared: its blocks were not opened.
    key = "large_blocks" if verdict is Verdict.NEVER_COMPARED else "shared_blocks"
    fewest = min(block.records for block in shared)
    keys = "; ".join(words.keys(block.rule) for block in shared)
    return words.text("details", key, keys=keys, records=fewest)


def _unsure(held: Evidence, pair: Pair, words: Wording) -> Iterator[str]:
    for record in pair:
        row = held.records[record]
        if row["kind_certainty"] < SURE:
            kind = words.text("kinds", row["kind"])
            certainty = row["kind_certainty"]
            yield words.text("details", "uncertain", record=record, kind=kind, certainty=certainty)
