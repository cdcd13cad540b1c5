"""Whose word holds for which record now: what stewards said follows records to other keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from unify.decisions import Decision, Override
from unify.ledger import Ledger, Move

Moved = Mapping[str, str | None]


def in_order(moves: Iterable[Move]) -> list[tuple[str, Moved]]:
    """The moves of each run as one, for they happen at once, with its instant; oldest first.

    `moves`: in the order in which they were published.
    """
    return [
        (at, {move.then_record: move.now_record for move in together})
        for (_, at), together in groupby(moves, key=lambda move: (move.run_id, move.at))
    ]


def name_now(record: str, said_at: str, moves: Iterable[tuple[str, Moved]]) -> str | None:
    """What a record is known as now that was spoken of then; nothing where it is gone, and
    somebody else has its key."""
    now: str | None = record
    for at, moved in moves:
        if now is not None and at >= said_at:
            now = moved.get(now, now)
    return now


def decisions_now(
    decisions: Iterable[Decision], moves: Sequence[tuple[str, Moved]]
) -> tuple[Decision, ...]:
    """Decisions on the records of now, in the order they were said; of two words of one steward on
    the same records, the later one stands.

    One on a record that is gone is left out, unless it can be known again by what that held.
    """
    standing: dict[tuple[str, str, str], Decision] = {}
    for said in sorted(decisions, key=lambda one: one.at):
        left = name_now(said.left_record, said.at, moves) or (said.left_form and said.left_record)
        right = name_now(said.right_record, said.at, moves) or (
            said.right_form and said.right_record
        )
        if left and right:
            now = replace(said, left_record=left, right_record=right).ordered()
            standing.pop((*now.pair, now.steward), None)
            standing[(*now.pair, now.steward)] = now
    return tuple(standing.values())


def overrides_now(
    overrides: Iterable[Override], moves: Sequence[tuple[str, Moved]]
) -> tuple[Override, ...]:
    """Overrides, each with the records of now that it holds for."""
    return tuple(
        replace(
            said,
            records=tuple(
                now for record in said.records if (now := name_now(record, said.at, moves))
            ),
        )
        for said in overrides
    )


def note_moves(ledger: Ledger, moved: Moved, run_id: str, at: str) -> list[Move]:
    """The moves of a run, published at an instant, of those records that stewards spoke of."""
    moves = in_order(ledger.moves())
    decided = ((end, d.at) for d in ledger.decisions() for end in (d.left_record, d.right_record))
    stated = ((record, o.at) for o in ledger.overrides() for record in o.records)
    named = {name_now(record, said_at, moves) for record, said_at in (*decided, *stated)}
    return [Move(run_id, at, then, now) for then, now in sorted(moved.items()) if then in named]


def taken_back(moved: Moved) -> Moved:
    """The moves that lead back: who came under a key that was somebody else's is no more."""
    back: dict[str, str | None] = dict.fromkeys(moved)
    back.update({now: then for then, now in moved.items() if now is not None})
    return back
