"""A row that names columns among those that should hold records: another table begins there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from unify.discovery import field_of_words, header_words

_LEAST: Final = 2  # cells that are known headers


def second_header(rows: Sequence[Sequence[str | None]]) -> Sequence[str] | None:
    """The cells of the first row that is a header of its own; None where there is none."""
    for row in rows:
        cells = [cell for cell in row if cell]
        if len(cells) >= _LEAST and all(map(_is_header, cells)):
            return cells
    return None


def _is_header(cell: str) -> bool:
    return len(cell) < 40 and field_of_words(header_words(cell).replace(" ", "")) is not None
