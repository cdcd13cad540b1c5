"""What the lists of names know: how far a word is a given name or a family name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from unify.presets import read_lines, read_toml
from unify.standards.text import key

# Between the given names of two people.
COUPLE = frozenset({"e", "ed", "and"})
COMMON = 2
KNOWN = 1


@dataclass(frozen=True, slots=True)
class Particles:
    """The small words of names, and the countries that order names their own way."""

    family: frozenset[str]
    inside: frozenset[str]
    small: frozenset[str]
    compound: frozenset[str]
    family_first: frozenset[str]
    two_families: frozenset[str]


@cache
def particles() -> Particles:
    rules = read_toml("names/particles.toml")
    return Particles(**{name: frozenset(words) for name, words in rules.items()})


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(read_lines(f"names/{name}.txt"))


def given_names() -> dict[str, int]:
    """The keys of all given names of the lists, in order, and how far each is one rather."""
    return {word: 1 + max(lean(word), 0) for word in _all("given")}


def family_names() -> dict[str, int]:
    """The keys of all family names of the lists, in order, and how far each is one rather."""
    return {word: 1 + max(-lean(word), 0) for word in _all("family")}


def _all(kind: str) -> list[str]:
    return sorted(_words(f"{kind}_common") | _words(kind))


def given_grade(word: str) -> int:
    """How well a key is known as a given name: 2 common, 1 known, 0 not."""
    return _grade(word, "given")


def family_grade(word: str) -> int:
    """How well a key is known as a family name: 2 common, 1 known, 0 not."""
    return _grade(word, "family")


def _grade(word: str, kind: str) -> int:
    if word in _words(f"{kind}_common"):
        return COMMON
    return KNOWN if word in _words(kind) else 0


@lru_cache(maxsize=100_000)
def lean(word: str) -> int:
    """Above nought for a given name, below for a family name, nought when the lists do not tell."""
    if len(word) == 1:
        return 1
    return given_grade(word) - family_grade(word)


@cache
def _formal_names() -> dict[str, frozenset[str]]:
    formal: dict[str, set[str]] = {}
    for language in ("it", "en", "variants"):
        for line in read_lines(f"names/nicknames_{language}.txt"):
            short, _, names = line.partition(":")
            formal.setdefault(key(short) or "", set()).update(names.split())
    return {short: frozenset(names) for short, names in formal.items()}


@cache
def _diminutives() -> dict[str, list[str]]:
    rules: dict[str, list[str]] = read_toml("names/diminutives_it.toml")
    return rules


@lru_cache(maxsize=100_000)
def _lengthened(word: str) -> frozenset[str]:
    """The common names that a word nobody is christened may be a diminutive of.

    A diminutive that is a name of its own (*Marina*, *Antonella*) stands for no other here.
    """
    if given_grade(word):
        return frozenset()
    rules = _diminutives()
    stems = [word.removesuffix(end) for end in rules["endings"] if word.endswith(end)]
    # Franchino is of Franco: the h keeps the sound before an i alone.
    stems += [stem[:-1] for stem in stems if stem.endswith(("ch", "gh"))]
    whole = {stem + end for stem in stems for end in rules[word[-1]]}
    return frozenset(name for name in whole if given_grade(name) == COMMON)


def forms(given: str | None, nickname: str | None = None) -> tuple[str, ...]:
    """The keys a given name can stand for, its own too: names with one in common may be equal.

    A nickname beside it counts where the lists know it as a name that is called so.

    Not closed: `Beppe` stands for Giuseppe and `Pippo` for Giuseppe or Filippo, which never
    makes Filippo a Giuseppe.
    """
    whole = key(given)
    if whole is None:
        return ()
    words = whole.split()
    if not COUPLE.isdisjoint(words):
        return (whole,)
    names = {whole, "".join(words), *_formal_names().get(whole, ()), *_lengthened(whole)}
    if len(words) > 1 and words[0] not in particles().compound and len(words[0]) > 1:
        names |= {words[0], *_formal_names().get(words[0], ())}
    called = key(nickname) or ""
    if called in _formal_names() or given_grade(called):
        names |= {called, *_formal_names().get(called, ())}
    return tuple(sorted(names))
