"""What a steward decided about two records."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Judgement(Enum):
    """Whether two records are the same customer."""

    SAME = "same"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Decision:
    """One steward's judgement on two records: who, why and when."""

    left_record: str
    right_record: str
    judgement: Judgement
    steward: str
    reason: str
    at: str
