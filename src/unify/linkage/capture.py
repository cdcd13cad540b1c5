"""How many matches blocking misses, told by how often its rules find the same ones.

Each rule is an occasion to capture a match. Of those that just one rule found there are many
when many were found by none: Chao's estimator for unequal catchability (Biometrics 43, 1987),
in its bias-corrected form. Rules overlap, so that the estimate is a lower bound.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Captured:
    """How many matches are expected among the likely pairs, and of them by one rule, and by two."""

    likely: float
    by_one: float
    by_two: float

    @property
    def missed(self) -> float:
        """How many matches no rule found, at least."""
        return self.by_one * max(0.0, self.by_one - 1) / (2 * (self.by_two + 1))

    @property
    def recall(self) -> float | None:
        """The share of matches that are among the candidate pairs, at most; None without any."""
        return self.likely / (self.likely + self.missed) if self.likely else None
