"""Evidence joins records, strongest first, and what is held apart stays apart."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

import pytest

from unify.linkage.clustering import Groups, Link, Reason, Refusal, components, join_by_evidence


def settled(
    size: int,
    links: Iterable[tuple[float, ...]],
    *,
    apart: Iterable[tuple[int, int]] = (),
    identities: Sequence[str | None] | None = None,
) -> tuple[Groups, list[Refusal]]:
    """The groups that links of at least 0.9 make, and the links that were refused."""
    groups = Groups(identities or [None] * size)
    for a, b in apart:
        groups.keep_apart(a, b)
    every = [
        Link(int(a), int(b), probability, *weight or (10.0,))
        for a, b, probability, *weight in links
    ]
    return groups, join_by_evidence(groups, every, 0.9)[1]


def clusters(
    size: int,
    links: Iterable[tuple[float, ...]],
    *,
    apart: Iterable[tuple[int, int]] = (),
    identities: Sequence[str | None] | None = None,
) -> list[list[int]]:
    """The groups that links of at least 0.9 make."""
    groups, _ = settled(size, links, apart=apart, identities=identities)
    found: dict[int, list[int]] = {}
    for item in range(size):
        found.setdefault(groups.find(item), []).append(item)
    return sorted(found.values())


def test_links_join_from_the_threshold_on() -> None:
    assert clusters(4, [(0, 1, 0.9), (2, 3, 0.899999)]) == [[0, 1], [2], [3]]


def test_evidence_joins_through_a_third_record() -> None:
    assert clusters(3, [(0, 1, 0.99), (1, 2, 0.95)]) == [[0, 1, 2]]


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ([(0, 1, 1.0)], [[0], [1], [2]]),
        ([(0, 2, 0.99), (1, 2, 0.95)], [[0, 2], [1]]),
        ([(1, 2, 0.99), (0, 2, 0.95)], [[0], [1, 2]]),
    ],
)
def test_a_steward_s_no_holds_through_a_third_record(
    links: list[tuple[int, int, float]], expected: list[list[int]]
) -> None:
    assert clusters(3, links, apart=[(0, 1)]) == expected


def test_a_steward_s_no_holds_between_grown_groups() -> None:
    links = [(0, 2, 0.99), (1, 3, 0.98), (2, 4, 0.97), (3, 5, 0.96), (4, 5, 0.95)]
    assert clusters(6, links, apart=[(0, 1)]) == [[0, 2, 4], [1, 3, 5]]


def test_different_tax_ids_are_never_joined_not_even_through_a_third_record() -> None:
    identities = ["person RSSMRA", "person BNCLCU", None]
    links = [(0, 1, 1.0), (0, 2, 0.99), (1, 2, 0.98)]
    assert clusters(3, links, identities=identities) == [[0, 2], [1]]


def test_two_kinds_are_never_joined_not_even_through_one_whose_kind_is_open() -> None:
    groups = Groups([None] * 3, ["person", "organization", None])
    links = [Link(1, 2, 0.99, 9.0), Link(0, 2, 0.98, 8.0)]
    joined, (refusal,) = join_by_evidence(groups, links, 0.9)
    assert joined == links[:1]
    assert (refusal.reason, set(refusal.witnesses)) == (Reason.KIND, {0, 1})


def test_of_what_a_steward_made_of_two_kinds_the_kind_is_open() -> None:
    groups = Groups([None] * 3, ["person", "organization", "organization"])
    groups.join(0, 1)
    joined, _ = join_by_evidence(groups, [Link(1, 2, 0.99, 9.0)], 0.9)
    assert len(joined) == 1


def test_the_same_tax_id_is_no_obstacle() -> None:
    assert clusters(2, [(0, 1, 0.95)], identities=["person X", "person X"]) == [[0, 1]]


def test_a_tax_id_goes_along_when_its_group_joins_a_larger_one() -> None:
    identities = [None, None, "person A", "person B"]
    links = [(0, 1, 0.99), (1, 2, 0.98), (0, 3, 0.97)]
    assert clusters(4, links, identities=identities) == [[0, 1, 2], [3]]


def test_a_chain_of_ten_thousand_is_one_group() -> None:
    assert clusters(10_000, [(n, n + 1, 0.95) for n in range(9_999)]) == [list(range(10_000))]


def test_ten_thousand_records_each_held_apart_from_one_stay_apart_from_it() -> None:
    links = [(n, n + 1, 0.95) for n in range(1, 9_999)]
    apart = [(0, n) for n in range(1, 10_000)]
    assert clusters(10_000, [*links, (0, 9_999, 0.9)], apart=apart) == [[0], list(range(1, 10_000))]


def test_links_of_equal_weight_in_the_order_of_their_records_join_alike() -> None:
    draw = random.Random(7)
    links = [(a, b, 0.95) for a in range(30) for b in range(a + 1, 30) if draw.random() < 0.1]
    apart = [(a, a + 9) for a in range(0, 20, 2)]
    expected = clusters(30, links, apart=apart)
    for _ in range(20):
        draw.shuffle(links)
        assert clusters(30, sorted(links), apart=apart) == expected


def test_without_constraints_no_order_matters() -> None:
    draw = random.Random(7)
    links = [(a, b, 0.95) for a in range(60) for b in range(a + 1, 60) if draw.random() < 0.02]
    expected = clusters(60, links)
    assert len(expected) > 1
    for _ in range(20):
        draw.shuffle(links)
        assert clusters(60, links) == expected


def test_the_links_that_joined_are_told() -> None:
    groups = Groups([None] * 3)
    links = [Link(0, 1, 0.99, 9.0), Link(1, 2, 0.95, 8.0), Link(0, 2, 0.93, 7.0)]
    assert join_by_evidence(groups, links, 0.9) == (links[:2], [])


# A surname and the mailbox of a couple fit either of the two, who are compared and differ.
BRIDGE = [(0, 1, 0.99, 7.0), (1, 2, 0.99, 7.0), (0, 2, 0.001, -8.0)]


def test_a_record_that_says_little_does_not_make_one_of_two_who_differ() -> None:
    assert clusters(3, BRIDGE) == [[0, 1], [2]]


def test_evidence_that_outweighs_the_difference_joins() -> None:
    assert clusters(3, [(0, 1, 0.99, 20.0), (1, 2, 0.99, 20.0), *BRIDGE[2:]]) == [[0, 1, 2]]


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        pytest.param((20.0, 20.0), [[0], [1], [2]], id="it fits both alike"),
        pytest.param((20.0, 16.0), [[0, 1], [2]], id="it fits one far better"),
    ],
)
def test_a_record_that_fits_two_who_are_told_apart_is_neither_s_unless_much_tells_whose(
    weights: tuple[float, float], expected: list[list[int]]
) -> None:
    groups = Groups([None] * 3)
    one, other = (Link(a, b, 0.999, w) for (a, b), w in zip(((0, 1), (1, 2)), weights, strict=True))
    _, refused = join_by_evidence(groups, [one, other, Link(0, 2, 0.9, 3.0, parted=True)], 0.9)
    assert sorted({groups.find(item) for item in range(3)}) == sorted(
        {groups.find(items[0]) for items in expected}
    )
    assert len({groups.find(item) for item in range(3)}) == len(expected)
    assert refused[0].reason in (Reason.CLAIMED, Reason.PARTED)


def test_a_difference_counts_through_every_join_before() -> None:
    links = [(0, 1, 0.999, 12.0), (2, 3, 0.999, 12.0), (1, 2, 0.99, 7.0), (0, 3, 0.001, -8.0)]
    assert clusters(4, links) == [[0, 1], [2, 3]]


def test_a_refusal_names_the_decision_that_a_third_record_would_have_bridged() -> None:
    links = [(0, 2, 0.99), (1, 2, 0.95)]
    ((refusal,),) = [settled(3, links, apart=[(0, 1)])[1]]
    assert (refusal.link.a, refusal.link.b) == (1, 2)
    assert (refusal.reason, refusal.witnesses) == (Reason.DECISION, (1, 0))


def test_a_decision_is_remembered_through_every_join() -> None:
    links = [(0, 2, 0.99), (1, 3, 0.98), (2, 4, 0.97), (3, 5, 0.96), (4, 5, 0.95)]
    (refusal,) = settled(6, links, apart=[(0, 1)])[1]
    assert (refusal.reason, set(refusal.witnesses)) == (Reason.DECISION, {0, 1})


def test_a_refusal_names_the_records_whose_identifiers_differ() -> None:
    links = [(0, 2, 0.99), (1, 2, 0.98)]
    (refusal,) = settled(3, links, identities=["person A", "person B", None])[1]
    assert (refusal.reason, set(refusal.witnesses)) == (Reason.IDENTITY, {0, 1})


def test_a_refusal_names_the_pair_that_contradicts() -> None:
    (refusal,) = settled(3, BRIDGE)[1]
    assert (refusal.reason, refusal.witnesses) == (Reason.CONTRADICTED, (0, 2))


def bridged(*bridges: tuple[float, ...]) -> list[list[int]]:
    """Two groups of three, each tied together well, and what else joins them."""
    within = [(a, b, 0.999, 15.0) for a, b in ((0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5))]
    return clusters(6, [*within, *bridges])


APART = [[0, 1, 2], [3, 4, 5]]
TOGETHER = [[0, 1, 2, 3, 4, 5]]


@pytest.mark.parametrize(
    ("bridges", "expected"),
    [
        pytest.param([(2, 3, 0.92, 3.5)], APART, id="one weak link"),
        pytest.param([(2, 3, 0.9999, 13.0)], TOGETHER, id="one strong link"),
        pytest.param([(2, 3, 0.92, 3.5), (1, 4, 0.92, 3.5)], TOGETHER, id="two links"),
    ],
)
def test_two_groups_are_not_made_one_by_a_single_weak_link(
    bridges: list[tuple[float, ...]], expected: list[list[int]]
) -> None:
    assert bridged(*bridges) == expected


def test_a_refused_bridge_is_told() -> None:
    within = [(a, b, 0.999, 15.0) for a, b in ((0, 1), (1, 2), (3, 4), (4, 5))]
    (refusal,) = settled(6, [*within, (2, 3, 0.92, 3.5)])[1]
    assert (refusal.reason, refusal.witnesses) == (Reason.BRIDGE, (2, 3))


def test_components_are_what_could_be_joined() -> None:
    found = components([(3, 4)], [(0, 1, 0.99), (1, 3, 0.95), (0, 3, 0.94)])
    assert found.component == dict.fromkeys((0, 1, 3, 4), 0)
    assert found.weakest[0] == 0.95


def test_what_nothing_speaks_against_ends_as_its_component() -> None:
    draw = random.Random(11)
    links = sorted(
        {
            (a, b): 0.9 + draw.random() / 10
            for a, b in (draw.sample(range(200), 2) for _ in range(160))
        }.items(),
        key=lambda item: -item[1],
    )
    every = [(a, b, probability) for (a, b), probability in links]
    groups = Groups([None] * 200)
    joined, _ = join_by_evidence(groups, [Link(*link, 30.0) for link in every], 0.9)
    found = components([], every)
    for item, component in found.component.items():
        assert groups.find(item) == groups.find(component)
        inside = [link.probability for link in joined if groups.find(link.a) == groups.find(item)]
        assert found.weakest[component] == min(inside)


def test_one_strong_link_does_not_buy_off_what_differs() -> None:
    # A couple at one mobile, and a record with an initial that fits both.
    links = [(0, 2, 0.9945, 7.5), (1, 2, 0.994, 7.4), (0, 1, 0.014, -6.1)]
    assert clusters(3, links) == [[0, 2], [1]]
