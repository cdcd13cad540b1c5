"""A customer id stays with its customer, and is never given to somebody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unify.identities import CROCKFORD, Past, Promise, new_id, settle_ids
from unify.publish import aliases

EARLY, LATE, NOW = "2026-05-01T06:00:00Z", "2026-05-02T06:00:00Z", "2026-05-12T06:00:00Z"
A, B, C = "C-AAAAAAAAAA", "C-BBBBBBBBBB", "C-CCCCCCCCCC"


def settled(
    before: Mapping[str, str], now: Mapping[str, int], first_seen: Mapping[str, str] | None = None
) -> Promise:
    """The promise of a run: record → published customer id before it, record → cluster now."""
    shared: dict[tuple[int, str], int] = {}
    founding: dict[int, str] = {}
    for record, cluster in sorted(now.items()):
        founding.setdefault(cluster, record)
        if record in before:
            shared[cluster, before[record]] = shared.get((cluster, before[record]), 0) + 1
    return settle_ids(
        overlaps=[
            {"cluster": cluster, "customer_id": customer, "records": records}
            for (cluster, customer), records in sorted(shared.items())
        ],
        clusters=[{"cluster": c, "founding_record": r} for c, r in sorted(founding.items())],
        past=Past(before, first_seen or dict.fromkeys(before.values(), EARLY), NOW),
    )


def ids(promise: Promise) -> dict[int, str]:
    """cluster → customer id."""
    return {cluster: customer for customer, cluster, *_ in promise.customers}


def test_an_id_is_ten_characters_of_crockford_s_alphabet() -> None:
    assert CROCKFORD == "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    made = {new_id(f"crm:{n}", set()) for n in range(2_000)}
    assert len(made) == 2_000
    assert all(customer[:2] == "C-" and len(customer) == 12 for customer in made)
    assert set("".join(customer[2:] for customer in made)) == set(CROCKFORD)


def test_an_id_is_made_of_the_founding_record_alone() -> None:
    assert ids(settled({}, {"crm:1": 7, "crm:2": 7})) == {7: new_id("crm:1", set())}


def test_a_counter_makes_another_id_while_that_one_was_published() -> None:
    first = new_id("crm:1", set())
    second = new_id("crm:1", {first})
    third = new_id("crm:1", {first, second})
    assert len({first, second, third}) == 3
    assert ids(settled({}, {"crm:1": 0}, {first: EARLY})) == {0: second}


def test_who_is_new_is_created_and_first_seen_now() -> None:
    promise = settled({}, {"crm:1": 0})
    (made,) = ids(promise).values()
    assert promise.customers == ((made, 0, "crm:1", NOW),)
    assert promise.created == ((made, "crm:1"),)
    assert promise.events == ((made, "created", None),)


def test_who_stays_keeps_id_and_first_seen_and_nothing_happens() -> None:
    promise = settled({"crm:2": A}, {"crm:1": 0, "crm:2": 0})
    assert promise.customers == ((A, 0, "crm:1", EARLY),)
    assert promise.created == promise.events == ()


@pytest.mark.parametrize(
    ("before", "now", "first_seen", "expected"),
    [
        ({"r1": B, "r2": A, "r3": A}, {"r1": 0, "r2": 0, "r3": 0}, {A: LATE, B: EARLY}, {0: A}),
        ({"r1": A, "r2": B}, {"r1": 0, "r2": 0}, {A: LATE, B: EARLY}, {0: B}),
        ({"r1": B, "r2": A}, {"r1": 0, "r2": 0}, {A: EARLY, B: EARLY}, {0: A}),
        ({"r1": A, "r2": A, "r3": A}, {"r1": 0, "r2": 1, "r3": 1}, {A: EARLY}, {1: A}),
        ({"r1": A, "r2": A}, {"r1": 0, "r2": 1}, {A: EARLY}, {0: A}),
    ],
    ids=["more records", "seen earlier", "smaller id", "larger part", "smaller cluster"],
)
def test_the_larger_share_keeps_the_id(
    before: dict[str, str],
    now: dict[str, int],
    first_seen: dict[str, str],
    expected: dict[int, str],
) -> None:
    promise = settled(before, now, first_seen)
    kept = {cluster: made for cluster, made in ids(promise).items() if made in first_seen}
    assert kept == expected


def test_a_merged_id_names_the_one_that_goes_on() -> None:
    assert settled({"r1": A, "r2": A, "r3": B}, {"r1": 0, "r2": 0, "r3": 0}).events == (
        (B, "merged", A),
    )


def test_a_split_customer_names_its_other_part() -> None:
    promise = settled({"r1": A, "r2": A, "r3": A}, {"r1": 0, "r2": 0, "r3": 1})
    other = ids(promise)[1]
    assert set(promise.events) == {(A, "split", other), (other, "created", None)}


def test_a_customer_without_records_is_retired() -> None:
    assert settled({"r1": A}, {}).events == ((A, "retired", None),)


def test_a_customer_torn_apart_by_larger_ones_is_merged_into_its_larger_part() -> None:
    before = {"r1": A, "r2": A, "r3": A, "r4": B, "r5": B, "r6": B, "r7": B, "r8": C, "r9": C}
    now = {"r1": 0, "r2": 0, "r4": 0, "r5": 0, "r6": 0, "r7": 0, "r3": 1, "r8": 1, "r9": 1}
    assert settled(before, now).events == ((A, "merged", B),)


@dataclass
class History:
    """What several runs published, one after the other."""

    crosswalk: dict[str, str] = field(default_factory=dict)
    first_seen: dict[str, str] = field(default_factory=dict)
    events: list[tuple[str, str, str | None]] = field(default_factory=list)
    given_to: dict[str, str] = field(default_factory=dict)

    def publish(self, clusters: Mapping[str, int]) -> Promise:
        """One more run; an id that it gives out must be a fresh one."""
        promise = settled(self.crosswalk, clusters, self.first_seen)
        for made, founding in promise.created:
            assert made not in self.given_to
            self.given_to[made] = founding
            self.first_seen[made] = NOW
        by_cluster = ids(promise)
        self.crosswalk = {record: by_cluster[cluster] for record, cluster in clusters.items()}
        self.events += promise.events
        return promise


RECORDS = st.sampled_from([f"crm:{n}" for n in range(8)])
HISTORIES = st.lists(st.dictionaries(RECORDS, st.integers(0, 4)), min_size=1, max_size=8)


@settings(max_examples=300, deadline=None)
@given(HISTORIES)
def test_every_id_is_given_out_once_and_resolves_for_ever(runs: list[dict[str, int]]) -> None:
    history = History()
    for clusters in runs:
        history.publish(clusters)
    living = set(history.crosswalk.values())
    retired = {customer for customer, event, _ in history.events if event == "retired"}
    merged = {old: new for old, event, new in history.events if event == "merged"}
    follows = dict(aliases(merged.items(), living))
    for customer in history.given_to:
        at = customer
        while at in merged:
            at = merged[at]
        assert (at in living) != (at in retired)
        assert (follows.get(customer) == at) == (customer in merged and at in living)


@settings(max_examples=200, deadline=None)
@given(HISTORIES)
def test_a_second_run_changes_nothing(runs: list[dict[str, int]]) -> None:
    history = History()
    for clusters in runs:
        history.publish(clusters)
    before = dict(history.crosswalk)
    again = history.publish(runs[-1])
    assert again.created == again.events == ()
    assert history.crosswalk == before
