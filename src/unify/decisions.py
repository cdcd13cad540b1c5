"""What stewards decided: whether two records are one customer, and what a customer is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from unify.errors import ConfigError


class Judgement(Enum):
    """Whether two records are the same customer; who is unsure was asked, and decided nothing."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


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
    """One steward's judgement on two records: who, why and when.

    The forms are the fingerprints of what the records held then, empty where nobody knows.
    """

    left_record: str
    right_record: str
    judgement: Judgement
    steward: str
    reason: str
    at: str
    left_form: str = ""
    right_form: str = ""
    worksheet: str = ""
    """The worksheet that it came in, if any."""
    case: str = ""
    """The case that it answers: what was decided at once has one."""

    @property
    def pair(self) -> tuple[str, str]:
        """The two records, the smaller id first."""
        left, right = sorted((self.left_record, self.right_record))
        return left, right

    def ordered(self) -> Decision:
        """The same, the smaller record id on the left."""
        if self.left_record <= self.right_record:
            return self
        return replace(
            self,
            left_record=self.right_record,
            right_record=self.left_record,
            left_form=self.right_form,
            right_form=self.left_form,
        )


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


def in_words(decision: Decision) -> str:
    """A decision in a sentence."""
    what = {
        Judgement.SAME: "are one", Judgement.DIFFERENT: "are two", Judgement.UNSURE: "are open",
    }[decision.judgement]  # fmt: skip
    return (
        f"{decision.steward} said on {decision.at[:10]} that {decision.left_record} and"
        f" {decision.right_record} {what}"
    )


def fingerprint(said: Iterable[Decision | Override]) -> str:
    """A hash of all that stewards said."""
    return hashlib.sha256(repr(list(said)).encode()).hexdigest()
