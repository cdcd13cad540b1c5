"""The lines of delimited text that begin a row, told from its quotation marks alone."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Final

LONGEST_ROW: Final = 1_000  # lines


def row_starts(text: bytes, delimiter: str) -> list[int] | None:
    """The indexes of the lines that begin a row, where every quotation mark opens or
    closes a whole cell, or is doubled within one; None where a stray one makes it doubtful.
    """
    single = text.replace(b'""', b"")
    if b'"' in _quoted_cell(delimiter).sub(b"", single):
        return None
    quotes = [line.count(b'"') for line in single.split(b"\n")[:-1]]
    before = accumulate(quotes[:-1], initial=0)
    return [i for i, count in enumerate(before) if not count & 1]


def end_of_pairs(text: bytes) -> int:
    """The end of the last line that leaves no quotation mark open; 0 if too far back."""
    odd, end = text.count(b'"') & 1, len(text)
    for _ in range(LONGEST_ROW):
        if not odd or not end:
            return end
        start = text.rfind(b"\n", 0, end - 1) + 1
        odd ^= text.count(b'"', start, end) & 1
        end = start
    return 0


def _quoted_cell(delimiter: str) -> re.Pattern[bytes]:
    edge = re.escape(delimiter.encode())
    return re.compile(rb'(?:^|(?<=[\n%b]))"[^"]*"(?=[\n%b])' % (edge, edge))
