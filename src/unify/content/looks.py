"""What a column looks like by a sample of its values: the field, and how much of it agrees."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean, median
from typing import Final

from unify.content.recognisers import DATE, RECOGNISERS, YES_OR_NO, Recogniser
from unify.standards import dates, emails, phones

MOST: Final = 300  # different values of a column that are looked at
FIRST: Final = 60  # of these, for a first impression
UPDATED: Final = "updated"
_CLOCK: Final = re.compile(r"\d[T ]+\d{1,2}[:.]\d{2}")
_TRACE: Final = 0.01
_MIXED: Final = 0.15
_BOTH: Final = 0.6
# Fields with few values, each of which many records hold.
_FEW: Final = {"sex": 8, "kind": 12, YES_OR_NO: 4}
_BIRTHS_SPREAD: Final = 15  # years


@dataclass(frozen=True, slots=True)
class Looks:
    """How far a column's values are of each kind, and the field that suits them best.

    `field` is empty where nothing suits; `share`: how much of the values do.
    """

    values: int
    shares: dict[str, float]
    field: str = ""
    share: float = 0.0
    label: str = ""

    def of(self, *fields: str) -> float:
        """How far the values are of one of these fields, at most 1."""
        return min(1.0, sum(self.shares.get(field, 0.0) for field in fields))


def look(values: Sequence[str], country: str, today: date) -> Looks:
    """What values look like. `values`: those of a column, none of them empty."""
    sample = _spread(list(dict.fromkeys(values)), MOST)
    if not sample:
        return Looks(0, {})
    shares = _shares(sample, country)
    for field, most in _FEW.items():
        if len(sample) > most:
            shares.pop(field, None)
    if shares.get(YES_OR_NO) == 1:
        # Sì and No are Siena and Novara, too.
        shares = {YES_OR_NO: 1.0}
    found = Looks(len(sample), shares)
    field, share = _mixed(found) or _best(found)
    if field == DATE:
        field = _kind_of_date(sample, today)
    return Looks(len(sample), shares, field, share, _label(field, sample, country))


def _shares(sample: list[str], country: str) -> dict[str, float]:
    """How far the values are of each field; of one that some show nothing of, no more are asked."""
    few = _spread(sample, FIRST)
    shares = {one.field: _share(one, few, country) for one in RECOGNISERS}
    if len(few) < len(sample):
        shown = [one for one in RECOGNISERS if shares[one.field] > _TRACE]
        shares = {one.field: _share(one, sample, country) for one in shown}
    return {field: share for field, share in shares.items() if share > _TRACE}


def _share(one: Recogniser, values: Sequence[str], country: str) -> float:
    return sum(one.degree(value, country) for value in values) / len(values)


def _spread(values: list[str], most: int) -> list[str]:
    """Some of the values from all over the column."""
    if len(values) <= most:
        return values
    return [values[place * len(values) // most] for place in range(most)]


def _best(found: Looks) -> tuple[str, float]:
    reached = [
        (share * one.weight, one.field, share)
        for one in RECOGNISERS
        if (share := found.shares.get(one.field, 0.0)) >= one.least
    ]
    if not reached:
        return "", 0.0
    _, field, share = max(reached, key=lambda entry: entry[0])
    return field, share


def _mixed(found: Looks) -> tuple[str, float] | None:
    """Columns for either of two: tax ids of people and firms, names of people and firms."""
    persons, firms = found.of("full_name"), found.of("organization")
    ids = found.of("tax_id"), found.of("vat_id")
    if min(ids) >= _MIXED / 2 and sum(ids) >= _BOTH:
        return "any_id", min(1.0, sum(ids))
    if found.of("street") > _BOTH or found.of("job_title") > _BOTH:
        return None
    if min(persons, firms) >= _MIXED and persons + firms >= _BOTH:
        return "any_name", min(1.0, persons + firms)
    given = max(found.of("given_name"), found.of("family_name"))
    if firms >= _MIXED and given >= _MIXED and firms + given >= _BOTH and firms < _BOTH:
        return "any_name", min(1.0, firms + given)
    return None


def _kind_of_date(sample: Sequence[str], today: date) -> str:
    """Birth dates lie far back and apart, and have no time of day; changes are of these years."""
    written = (dates.standardise(value, order="dmy").value for value in sample)
    years = sorted(int(day[:4]) for day in written if day)
    timed = fmean(bool(_CLOCK.search(value)) for value in sample)
    middle = median(years)
    apart = years[len(years) * 9 // 10] - years[len(years) // 10]
    if timed < 0.2 and middle <= today.year - 17 and (apart >= _BIRTHS_SPREAD or len(years) < 5):
        return "birth_date"
    if middle >= today.year - 15 and years[-1] <= today.year + 1:
        return UPDATED
    return DATE


def _label(field: str, sample: Sequence[str], country: str) -> str:
    if field == "emails":
        found = [one for value in sample for one in emails.standardise(value)]
        return "pec" if found and fmean(one.pec for one in found) > 0.7 else ""
    if field == "phones":
        types = [one.type for value in sample for one in phones.standardise(value, country)]
        return "mobile" if types and types.count("mobile") / len(types) > 0.8 else ""
    return ""
