"""Where a value differs from that of the other side: its letters, in runs that do and do not."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Indel

Run = tuple[str, bool]
"""Letters, and whether they differ."""
BETWEEN = "; "


def runs(value: str, others: Sequence[str]) -> list[Run]:
    """A value in runs of letters, marked where it differs from the nearest of the others.

    Several values (`a; b`) are compared each with its nearest. Nothing differs from nothing.
    """
    theirs = [part for other in others for part in other.split(BETWEEN) if part]
    if not theirs:
        return [(value, False)]
    found: list[Run] = []
    for place, part in enumerate(value.split(BETWEEN)):
        if place:
            found.append((BETWEEN, False))
        found += _part(part, theirs)
    return _joined(found)


def _part(part: str, theirs: Sequence[str]) -> list[Run]:
    if part in theirs:
        return [(part, False)]
    nearest = max(theirs, key=lambda other: (Indel.normalized_similarity(part, other), other))
    if Indel.normalized_similarity(part, nearest) < 0.4:
        return [(part, True)]
    return [
        (part[code.src_start : code.src_end], code.tag != "equal")
        for code in Indel.opcodes(part, nearest)
        if code.src_end > code.src_start
    ]


def _joined(found: Sequence[Run]) -> list[Run]:
    whole: list[Run] = []
    for letters, differs in found:
        if whole and whole[-1][1] is differs:
            whole[-1] = (whole[-1][0] + letters, differs)
        elif letters:
            whole.append((letters, differs))
    return whole
