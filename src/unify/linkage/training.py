"""Training without labels: m, u and the prior move from the shipped values as far as data can.

Expectation maximisation over counted agreement patterns (Fellegi–Sunter with the two-class
latent model of Winkler, 1988), m as the posterior mean under a Dirichlet prior at the shipped
values, so that fifty records hardly move them and fifty thousand do. u comes from pairs drawn
at random, less the share of them that is likely to match.

Levels that identify (the same own e-mail) are shipped with the odds that a pair which meets
them is one customer, and the other evidence on such pairs moves the odds. Their u follows from
odds and prior, so that they mean the same on fifty records and on a million.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from unify.linkage.model import Comparison, Level, Model

Pattern = tuple[int, ...]
Counts = Mapping[Pattern, float]
Tally = Mapping[int, float]

ROUNDS = 100
SETTLED = 1e-4
# The weight of the shipped values: in matching pairs for m and the prior, in random pairs for u,
# in pairs that meet a level for its odds.
SHIPPED_MATCHES = 40.0
SHIPPED_PRIOR_MATCHES = 10.0
SHIPPED_PAIRS = 500.0
SHIPPED_MEETINGS = 10.0
# A level that random pairs show less often than this is not known from data.
SEEN = 5.0
SMALLEST, LARGEST = 1e-12, 1 - 1e-9
SIGNIFICANT = 10


@dataclass(frozen=True, slots=True)
class Trained:
    """A model fitted to data, the matches it expects among the candidates, and its doubts."""

    model: Model
    expected_matches: float
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tallies:
    """How often each level of a comparison is met: by likely matches and by other candidates,
    and by pairs drawn at random that are likely none."""

    matching: Tally
    against: Tally
    differing: Tally


def train(shipped: Model, candidates: Counts, random: Counts, *, records: int) -> Trained:
    """Fit the model to patterns counted in candidate pairs and in pairs drawn at random.

    A pattern holds the level met in each comparison, in Splink's numbering: -1 is missing,
    0 is disagreement, more is more agreement. `records`: how many records could pair up.
    """
    all_pairs = max(1.0, records * (records - 1) / 2)
    model = start(shipped, records)
    expected = -1.0
    for _ in range(ROUNDS):
        before, weights, odds = expected, _weights(model), _log_odds(model.prior)
        matching = {p: n * posterior(p, weights, odds) for p, n in candidates.items()}
        against = {p: n - matching[p] for p, n in candidates.items()}
        differing = {p: n * (1 - posterior(p, weights, odds)) for p, n in random.items()}
        expected = sum(matching.values())
        prior = _prior(shipped, expected, records, all_pairs)
        met = {
            comparison.name: Tallies(*(tally(place, n) for n in (matching, against, differing)))
            for place, comparison in enumerate(shipped.comparisons)
        }
        fitted = [
            _by_odds(_within(_fitted(comparison, met[comparison.name]), shipped, met), prior)
            for comparison in shipped.comparisons
        ]
        upright = map(_upright, shipped.comparisons, fitted)
        model = replace(model, prior=prior, comparisons=tuple(upright))
        if abs(expected - before) <= SETTLED * max(1.0, before):
            return _sane(shipped, model, expected, _inverted(fitted))
    unsettled = f"the estimates still moved after {ROUNDS} rounds"
    return _sane(shipped, model, expected, (unsettled, *_inverted(fitted)))


def start(shipped: Model, records: int) -> Model:
    """The shipped model with the prior that is usual for so many records."""
    prior = min(0.5, 2 * shipped.matches_per_record / max(1, records - 1))
    return replace(
        shipped,
        prior=prior,
        comparisons=tuple(_by_odds(comparison, prior) for comparison in shipped.comparisons),
    )


def expected_matches(model: Model, candidates: Counts) -> float:
    """How many of the candidate pairs are matches, as the model has it."""
    weights, odds = _weights(model), _log_odds(model.prior)
    return sum(n * posterior(pattern, weights, odds) for pattern, n in candidates.items())


def tally(place: int, patterns: Counts) -> dict[int, float]:
    """How often each level of the comparison in a place is met."""
    met: dict[int, float] = {}
    for pattern, count in patterns.items():
        met[pattern[place]] = met.get(pattern[place], 0.0) + count
    return met


def numbered(comparison: Comparison) -> list[tuple[int, Level]]:
    """The levels that are not missing, with Splink's numbers: the last is 0."""
    levels = [level for level in comparison.levels if not level.missing]
    return [(len(levels) - 1 - place, level) for place, level in enumerate(levels)]


def posterior(pattern: Pattern, weights: Sequence[Tally], log_odds: float) -> float:
    """The match probability of a pattern, by Bayes' rule under conditional independence."""
    total = log_odds + sum(w.get(number, 0.0) for number, w in zip(pattern, weights, strict=True))
    return 1 / (1 + math.exp(-max(-500.0, min(500.0, total))))


def _weights(model: Model) -> list[dict[int, float]]:
    return [
        {number: math.log(level.m / level.u) for number, level in numbered(comparison)}
        for comparison in model.comparisons
    ]


def _log_odds(probability: float) -> float:
    return math.log(probability / (1 - probability))


def _prior(shipped: Model, expected: float, records: int, all_pairs: float) -> float:
    usual = shipped.matches_per_record * records
    weight = SHIPPED_PRIOR_MATCHES / max(usual, SHIPPED_PRIOR_MATCHES)
    matches = (1 - weight) * expected + weight * usual
    return min(0.5, max(matches, 0.5) / all_pairs)


def _fitted(shipped: Comparison, met: Tallies) -> Comparison:
    """The comparison with m and u of its free levels as data and shipped values say together."""
    free = [
        (number, level)
        for number, level in numbered(shipped)
        if not level.fixed and level.within is None
    ]
    m_mass = sum(level.m for _, level in free)
    m_seen = sum(met.matching.get(number, 0.0) for number, _ in free)
    u_seen = sum(count for number, count in met.differing.items() if number >= 0)
    fitted: dict[str, Level] = {}
    for number, level in free:
        share = (SHIPPED_MATCHES * level.m / m_mass + met.matching.get(number, 0.0)) / (
            SHIPPED_MATCHES + m_seen
        )
        fitted[level.name] = replace(
            level,
            m=_bounded(share * m_mass),
            u=_bounded(_u(level, met.differing.get(number, 0.0), u_seen)),
            odds=_odds(level, shipped, met),
        )
    return _with_levels(shipped, lambda level: fitted.get(level.name, level))


def _within(fitted: Comparison, shipped: Model, met: Mapping[str, Tallies]) -> Comparison:
    """The comparison with m and u of levels that are met within one of the given comparison's.

    Of the pairs that could agree on a mobile alone, the share that does not: what there is to
    compare depends on the systems, and says nothing of whether two records match.
    """
    (given,) = [one for one in shipped.comparisons if one.name == fitted.given] or (None,)
    if given is None:
        return fitted
    wider = {level.name: number for number, level in numbered(given)}
    places = {level.name: number for number, level in numbered(fitted)}
    mine, all_of = met[fitted.name], met[given.name]

    def share(level: Level) -> Level:
        if level.within is None:
            return level
        here, there = places[level.name], wider[level.within]
        return replace(
            level,
            m=_share(level.m, SHIPPED_MATCHES, mine.matching, all_of.matching, here, there),
            u=_share(level.u, SHIPPED_PAIRS, mine.differing, all_of.differing, here, there),
        )

    return _with_levels(fitted, share)


def _share(
    shipped: float, weight: float, met: Tally, within: Tally, here: int, there: int
) -> float:
    seen = (shipped * weight + met.get(here, 0.0)) / (weight + within.get(there, 0.0))
    return _bounded(min(seen, 1.0))


def _odds(level: Level, comparison: Comparison, met: Tallies) -> float | None:
    if level.odds is None:
        return None
    heard = [
        n for n, other in numbered(comparison) if other.name in (level.name, *level.learns_from)
    ]
    matching = sum(met.matching.get(number, 0.0) for number in heard)
    against = sum(met.against.get(number, 0.0) for number in heard)
    share = level.odds / (1 + level.odds)
    return (SHIPPED_MEETINGS * share + matching) / (SHIPPED_MEETINGS * (1 - share) + against)


def _u(level: Level, seen: float, pairs: float) -> float:
    if seen < SEEN:
        return min(level.u, (seen + 3) / pairs) if pairs and level.m > level.u else level.u
    return (SHIPPED_PAIRS * level.u + seen) / (SHIPPED_PAIRS + pairs)


def _by_odds(comparison: Comparison, prior: float) -> Comparison:
    """The comparison with the u of its identifying levels as their odds and the prior have it."""
    odds_of_prior = prior / (1 - prior)
    return _with_levels(
        comparison,
        lambda level: (
            replace(level, u=_bounded(odds_of_prior * level.m / level.odds))
            if level.odds
            else level
        ),
    )


def _upright(shipped: Comparison, fitted: Comparison) -> Comparison:
    """The comparison in which a difference speaks against a match: as shipped, if data deny it.

    Were it to speak for one, the estimates would run off to whatever else most pairs share.
    """
    weakest = fitted.levels[-1]
    return (
        fitted
        if weakest.m <= weakest.u
        else replace(fitted, levels=(*fitted.levels[:-1], shipped.levels[-1]))
    )


def _inverted(fitted: Sequence[Comparison]) -> tuple[str, ...]:
    return tuple(
        f"'{one.name}' that differs would speak for a match: shipped values stay"
        for one in fitted
        if one.levels[-1].m > one.levels[-1].u
    )


def _sane(shipped: Model, model: Model, expected: float, doubts: tuple[str, ...]) -> Trained:
    """The model without its absurd estimates, and what is said of each."""
    kept, remarks = [], list(doubts)
    for usual, fitted in zip(shipped.comparisons, model.comparisons, strict=True):
        (_, strongest), *_ = numbered(fitted)
        if strongest.m < strongest.u:
            remarks.append(f"'{fitted.name}' that agrees would speak against: shipped values stay")
            fitted = _by_odds(usual, model.prior)
        kept.append(fitted)
    return Trained(_rounded(replace(model, comparisons=tuple(kept))), expected, tuple(remarks))


def _rounded(model: Model) -> Model:
    """The model with every parameter rounded, so that two runs score alike.

    What follows from rounded values is made of them: rounding again changes nothing.
    """
    prior = _significant(model.prior)
    comparisons = (
        _by_odds(_with_levels(comparison, _rounded_level), prior)
        for comparison in model.comparisons
    )
    return replace(
        model,
        prior=prior,
        comparisons=tuple(_with_levels(one, _rounded_level) for one in comparisons),
    )


def _with_levels(comparison: Comparison, change: Callable[[Level], Level]) -> Comparison:
    return replace(comparison, levels=tuple(map(change, comparison.levels)))


def _rounded_level(level: Level) -> Level:
    odds = level.odds and _significant(level.odds)
    return replace(level, m=_significant(level.m), u=_significant(level.u), odds=odds)


def _bounded(probability: float) -> float:
    return min(LARGEST, max(SMALLEST, probability))


def _significant(value: float) -> float:
    return float(f"{value:.{SIGNIFICANT}g}")
