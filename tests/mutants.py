"""Damaged copies of files, always the same ones: bytes flipped, cut off, swapped, repeated."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

LARGEST = 1_000_000
"""Bytes of a file that is damaged; larger ones would show nothing more, and slowly."""


@dataclass(frozen=True)
class Mutant:
    """A damaged copy: of which file, how, and its bytes."""

    of: Path
    how: str
    content: bytes


def mutants(files: Sequence[Path], count: int, seed: int) -> Iterator[Mutant]:
    """So many damaged copies of some files."""
    chance = random.Random(seed)
    small = [file for file in files if 0 < file.stat().st_size <= LARGEST]
    for number in range(count):
        file, how = chance.choice(small), chance.choice(sorted(WAYS))
        content = WAYS[how](bytearray(file.read_bytes()), chance)
        yield Mutant(file, f"{number} {how}", bytes(content))


def _flipped(content: bytearray, chance: random.Random) -> bytearray:
    for _ in range(chance.choice([1, 3, 10, 100])):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return content


def _cut(content: bytearray, chance: random.Random) -> bytearray:
    return content[: chance.randrange(len(content))]


def _swapped(content: bytearray, chance: random.Random) -> bytearray:
    """What stands at the head, and what stands somewhere else, change places."""
    head, other = chance.randrange(min(len(content), 600)), chance.randrange(len(content))
    size = chance.randrange(1, 40)
    moved = content[head : head + size]
    content[head : head + size] = content[other : other + size]
    content[other : other + size] = moved
    return content


def _repeated(content: bytearray, chance: random.Random) -> bytearray:
    at, size = chance.randrange(len(content)), chance.randrange(1, 2_000)
    content[at:at] = content[at : at + size] * chance.choice([1, 2, 50])
    return content


WAYS: dict[str, Callable[[bytearray, random.Random], bytearray]] = {
    "flipped": _flipped,
    "cut": _cut,
    "swapped": _swapped,
    "repeated": _repeated,
}
