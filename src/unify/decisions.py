"""What stewards decided: whether two records are one customer, and what a customer is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from unify.errors import ConfigError


class Judgement(Enum):
    """Whether two records are the same customer."""

    SAME = "same"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who decides, why and when. Raises ConfigError where nobody or no reason is named."""

    steward: str
    reason: str
    at: str

    def __post_init__(self) -> None:
        for option, name in (("--by", "steward"), ("--reason", "reason")):
            said = getattr(self, name).strip()
            if not said:
                raise ConfigError("it says nothing", where=option)
            object.__setattr__(self, name, said)


@dataclass(frozen=True, slots=True)
class Decision:
    """One steward's judgement on two records: who, why and when."""

    left_record: str
    right_record: str
    judgement: Judgement
    steward: str
    reason: str
    at: str


@dataclass(frozen=True, slots=True)
class Override:
    """A value that a steward set for a customer.

    It holds for the records that the customer had then, whatever becomes of the customer: should
    they part, or join another customer, each keeps it. What joins them later is no part of it.
    """

    customer_id: str
    field: str
    value: str
    steward: str
    reason: str
    at: str
    records: tuple[str, ...]


def fingerprint(said: Iterable[Decision | Override]) -> str:
    """A hash of all that stewards said."""
    return hashlib.sha256(repr(list(said)).encode()).hexdigest()
