"""A typing slip: a value that is another one but for one letter, and most likely means it."""

from __future__ import annotations

from typing import Final

from unify.standards.name_lists import family_grade, given_grade

# In shorter words one letter makes another word.
SHORTEST: Final = 5
# So many records have to hold what a slip is taken for, where the lists do not know it.
HOLDERS: Final = 2


def is_slip(written: str, held: int, of: str, held_of: int) -> bool:
    """Whether a key is safely taken for a slip of another, one letter away, of the same customer.

    `held`, `held_of`: how many records hold each. One word differs, in letters alone. A word that
    the lists know is what it says: Mario is no slip of Maria. Where they know the other word it
    may be held as often, else it has to be held by more, and by several.
    """
    words, others = written.split(), of.split()
    if len(words) != len(others):
        return False
    differing = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    if len(differing) != 1:
        return False
    ((word, other),) = differing
    if min(len(word), len(other)) < SHORTEST or not (word + other).isalpha() or _known(word):
        return False
    return held <= held_of if _known(other) else held < held_of >= HOLDERS


def _known(word: str) -> bool:
    return bool(given_grade(word) or family_grade(word))
