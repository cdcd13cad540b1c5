"""Each survivorship rule, in worlds of two or three values: which of them survives, and by what."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa
import pytest

from unify.errors import ConfigError
from unify.survive import rank
from unify.survivorship import RULES, policy
from unify.tables import Candidate, SurvivorshipRule
from unify.workspace import opened

ARROW = {
    "VARCHAR": pa.string(),
    "BIGINT": pa.int64(),
    "BOOLEAN": pa.bool_(),
    "DOUBLE": pa.float64(),
}
SOURCES = ["ledger", "crm", "web"]
Offer = dict[str, Any]


def offered(group: str, same: str, told: dict[str, Any], **more: Any) -> Offer:
    """A value of a group of fields that a record offers."""
    return {"field_group": group, "same": same, "value": json.dumps(told), **more}


def ranked(rules: list[str], *offers: Offer) -> list[tuple[str, str]]:
    """The records of the values that are offered, best first, and the rules that decided."""
    rows = [
        {
            "customer_id": "C-1", "field_group": "field", "record_id": f"r{n}", "source": "crm",
            "source_key": f"r{n}", "position": 0, "same": f"v{n}", "value": '{"field":"' + f"v{n}" + '"}',
            "filled": 1, "preferred": 0, "valid": True, "trust": 50.0,
            **({"value": '{"field":"' + offer["says"] + '"}', "same": offer["says"]} if "says" in offer else {}),
            **{name: value for name, value in offer.items() if name != "says"},
        }
        for n, offer in enumerate(offers)
    ]  # fmt: skip
    shape = pa.schema([(name, ARROW[kind]) for name, kind in Candidate.columns])
    groups = sorted({row["field_group"] for row in rows})
    with opened(None) as workspace:
        workspace.hold("candidate", pa.Table.from_pylist(rows, schema=shape))
        held = pa.table(
            {
                "field_group": groups,
                "rules": pa.array([rules] * len(groups), pa.list_(pa.string())),
            }
        )
        workspace.hold("survivorship_rule", held)
        rank(workspace, Candidate(), SurvivorshipRule(), SOURCES)
        return workspace.select("select record_id, rule from ranked_candidate order by rank")  # type: ignore[return-value]


def survivors(rules: list[str], *offers: Offer) -> list[int]:
    """The records whose values are offered, best first, by their number."""
    return [int(record[1:]) for record, _ in ranked(rules, *offers)]


def survivor(rules: list[str], *offers: Offer) -> tuple[int, str]:
    """The place of the offer that survives, and the rule that it won by."""
    record, rule = ranked(rules, *offers)[0]
    return int(record[1:]), rule


def updated(*days: str | None) -> list[Offer]:
    return [{"updated": day} for day in days]


def says(*values: str) -> list[Offer]:
    return [{"says": value} for value in values]


def each(name: str, *values: Any) -> list[Offer]:
    return [{name: value} for value in values]


CONSENT = [
    {"value": json.dumps({"consent_marketing": said}), "same": said} for said in ("yes", "no")
]

CASES = {
    "trust": [
        (each("trust", 10, 90), 1), (each("trust", 90, 10), 0), (each("trust", 0, 1), 1), (each("trust", 99, 100, 50), 1),
        (each("trust", 9, 10), 1), (each("trust", 100, 20, 3), 0), (each("trust", 49, 50, 51), 2), (each("trust", 2, 10, 9), 1),
    ],
    "recent": [
        (updated("2020-01-01", "2025-01-01"), 1), (updated("2025-01-01", "2020-01-01"), 0), (updated(None, "1999-01-01"), 1),
        (updated("1999-01-01", None), 0), (updated("2025-01-01T09:00:00Z", "2025-01-01T10:00:00Z"), 1),
        (updated("2024-12-31T23:59:59Z", "2025-01-01"), 1), (updated("2025-01-02", "2025-01-10", "2025-01-09"), 1),
        (updated(None, None, "1970-01-01"), 2), (updated("1969-12-31", "1970-01-01"), 1),
    ],
    "frequent": [
        (says("a", "b", "b"), 1), (says("b", "b", "a"), 0), (says("a", "b", "b", "c", "c", "c"), 3), (says("a", "a", "b", "b", "b"), 2),
        (says("x", "y", "y", "x", "y"), 1), (says("c", "a", "b", "a"), 1), (says("b", "a", "a", "b", "b"), 0), (says("z", "a", "z"), 0),
    ],
    "complete": [
        (each("filled", 1, 2), 1), (each("filled", 2, 1), 0), (each("filled", 1, 5, 3), 1), (each("filled", 0, 1), 1),
        (each("filled", 4, 5, 4), 1), (each("filled", 5, 4, 4), 0), (each("filled", 9, 10), 1), (each("filled", 2, 3, 10), 2),
    ],
    "longest": [
        (says("ab", "abc"), 1), (says("abc", "ab"), 0), (says("a", "bb", "ccc"), 2), (says("zz", "aaa"), 1),
        (says("a b", "ab"), 0), (says("x", "xxxxxxxxxx", "xx"), 1), (says("10", "9"), 0), (says("è", "ee"), 1),
    ],
    "valid": [
        (each("valid", False, True), 1), (each("valid", True, False), 0), (each("valid", False, False, True), 2),
        ([{"valid": False, "trust": 90}, {"valid": True, "trust": 1}], 1), ([{"valid": False, "updated": "2025-01-01"}, {"valid": True}], 1),
        ([{"valid": False, "filled": 5}, {"valid": True, "filled": 1}], 1), (each("valid", False, True, False), 1),
        ([*each("valid", False, False), {"valid": True, "says": "z"}], 2),
    ],
    "source_order": [
        (each("source", "crm", "ledger"), 1), (each("source", "ledger", "crm"), 0), (each("source", "web", "crm"), 1), (each("source", "web", "ledger"), 1),
        (each("source", "crm", "web"), 0), (each("source", "web", "crm", "ledger"), 2), (each("source", "crm", "ledger", "web"), 1),
        ([{"source": "web", "trust": 90}, {"source": "ledger", "trust": 1}], 1),
    ],
    "min": [
        (says("10", "9"), 1), (says("9", "10"), 0), (says("-1", "0"), 0), (says("2,5", "2,4"), 1), (says("2025-01-10", "2025-01-09"), 1),
        (says("1980-12-31", "1981-01-01"), 0), (says("100", "20", "3"), 2), (says("none", "7"), 1), (says("1e3", "999"), 1),
    ],
    "max": [
        (says("10", "9"), 0), (says("9", "10"), 1), (says("-1", "0"), 1), (says("2,5", "2,4"), 0), (says("2025-01-10", "2025-01-09"), 0),
        (says("1980-12-31", "1981-01-01"), 1), (says("3", "20", "100"), 2), (says("none", "-7"), 1), (says("1e3", "999"), 0),
    ],
    "most_restrictive": [
        (CONSENT, 1), (CONSENT[::-1], 0), ([*CONSENT, CONSENT[0]], 1), ([CONSENT[0], *CONSENT[::-1]], 1),
        ([{**CONSENT[0], "trust": 90}, {**CONSENT[1], "trust": 1}], 1), ([{**CONSENT[0], "updated": "2025-01-01"}, CONSENT[1]], 1),
        ([{**CONSENT[0], "source": "ledger"}, CONSENT[1]], 1), ([CONSENT[0], CONSENT[0], CONSENT[0], CONSENT[1]], 3),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "offers", "expected"),
    [(rule, offers, expected) for rule, cases in CASES.items() for offers, expected in cases],
)
def test_the_value_that_a_rule_prefers_survives(
    rule: str, offers: list[Offer], expected: int
) -> None:
    assert survivor([rule], *offers) == (expected, rule)


def test_every_rule_has_its_cases() -> None:
    assert set(CASES) == set(RULES) - {"union"}
    assert all(len(cases) >= 8 for cases in CASES.values())


def test_what_a_rule_does_not_tell_apart_the_next_one_does() -> None:
    offers = [{"trust": 50, "updated": "2020-01-01"}, {"trust": 50, "updated": "2025-01-01"}]
    assert survivor(["trust", "recent"], *offers) == (1, "recent")
    assert survivor(["trust"], *offers) == (0, "tie")


def test_union_is_for_what_holds_several_values() -> None:
    assert dict(policy({"emails": ["union", "trust"]}, (), where="t", sources={}).rules)[
        "emails"
    ] == (
        "union",
        "trust",
    )
    with pytest.raises(ConfigError, match="'union' keeps every value, and birth_date holds one"):
        policy({"birth_date": ["union"]}, (), where="t", sources={})
