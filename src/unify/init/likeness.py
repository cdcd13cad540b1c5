"""Sources that are one: copies of the same records, and parts of a series of files."""

from __future__ import annotations

import glob
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final, cast

from unify.init.judge import Prospect
from unify.init.sight import together

SAME: Final = 0.9  # share of the smaller's rows that the larger holds
_COPY: Final = re.compile(r"copi[ae]|copy|kopie|backup|\bbak\b|old|vecchi|\(\d+\)|~", re.IGNORECASE)
_PARTS: Final = re.compile(
    r"\d+|(?<![a-z])(?:gen|feb|mar|apr|mag|giu|lug|ago|set|ott|nov|dic|jan|may|jun|jul|aug|sep|oct|dec)(?![a-z])",
    re.IGNORECASE,
)
_FEW: Final = 3  # cards, each a file of its own


@dataclass(frozen=True, slots=True)
class Candidate:
    """A prospect with where it was found, and what it repeats, if it does."""

    name: str
    path: str
    prospect: Prospect
    same_as: str = ""
    remark: str = ""
    files: int = 1

    @property
    def place(self) -> str:
        """Where it was found, to the table or sheet."""
        settings = self.prospect.settings
        part = next((str(v) for k, v in settings.items() if k in ("table", "sheet")), "")
        return f"{self.path} [{part}]" if part else self.path


def without_copies(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates; one whose records stand in another as well says so."""
    rows = {id(one): _rows(one.prospect) for one in candidates}
    ranked = sorted(
        candidates,
        key=lambda one: (-len(rows[id(one)]), _copied(one), *_understood(one.prospect), one.path),
    )
    kept: list[Candidate] = []
    judged: dict[int, Candidate] = {}
    for one in ranked:
        found = next((r for other in kept if (r := _repeats(one, other, rows))), None)
        judged[id(one)] = found or one
        if found is None:
            kept.append(one)
    return [judged[id(one)] for one in candidates]


def as_series(candidates: Sequence[Candidate], files: Iterable[str]) -> list[Candidate]:
    """The candidates, files of one layout and name in a folder taken together as one source."""
    known = list(files)
    groups: dict[tuple[object, ...], list[Candidate]] = {}
    for one in candidates:
        groups.setdefault(_series(one), []).append(one)
    joined: list[Candidate] = []
    for pattern, group in groups.items():
        whole = _together(pattern, group, known)
        joined += [whole] if whole else group
    return sorted(joined, key=lambda one: one.path)


def _rows(prospect: Prospect) -> set[int]:
    """A number a row: the same for the same values, whatever their order and headers are."""
    columns = [column.to_pylist() for column in prospect.sample.rows.columns]
    rows = zip(*columns, strict=True)
    return {hash(frozenset(value.casefold() for value in row if value)) for row in rows}


def _copied(one: Candidate) -> tuple[bool, bool]:
    """Whether its name says that it is a copy, or old."""
    return bool(_COPY.search(one.path)), ".zip/" in one.path


def _understood(prospect: Prospect) -> tuple[int, int]:
    """How little is asked of it, and how much of it is known: the less, the better."""
    return len(prospect.doubtful), -len(prospect.mapped)


def _repeats(one: Candidate, other: Candidate, rows: dict[int, set[int]]) -> Candidate | None:
    mine, theirs = rows[id(one)], rows[id(other)]
    shared = len(mine & theirs) / max(1, len(mine))
    if shared >= SAME:
        which = "all" if shared == 1 else f"{shared:.0%}"
        what = f"{which} of its {len(mine)} rows stand" if len(mine) > 1 else "its only row stands"
        rest = len(mine - theirs)
        remark = f"{what} in {other.place} as well" + (f", {rest} do not" if rest else "")
        return replace(one, same_as=other.path, remark=remark)
    if share := _same_keys(one.prospect, other.prospect):
        remark = f"{share:.0%} of its keys are those of {other.place}: is it an older copy?"
        return replace(one, same_as=other.path, remark=remark)
    if one.path == other.path and (share := _excerpt(one.prospect, other.prospect)):
        remark = f"{share:.0%} of its rows stand in {other.place} as well, with more columns"
        return replace(one, same_as=other.path, remark=remark)
    return None


def _excerpt(one: Prospect, other: Prospect) -> float:
    """The share of rows that another has as well, with more columns; 0 where it is none."""
    return max(_part_of(_by_name(one), _by_name(other)), _part_of(_by_field(one), _by_field(other)))


def _part_of(mine: Mapping[object, Sequence[str]], theirs: Mapping[object, Sequence[str]]) -> float:
    if not mine or not mine.keys() <= theirs.keys():
        return 0.0
    rows = set(zip(*mine.values(), strict=True))
    known = set(zip(*(theirs[name] for name in mine), strict=True))
    share = len(rows & known) / max(1, len(rows))
    return share if share >= SAME else 0.0


def _by_name(prospect: Prospect) -> dict[object, Sequence[str]]:
    return {one.column: _values(prospect, one.column) for one in prospect.mapped}


def _by_field(prospect: Prospect) -> dict[object, Sequence[str]]:
    return {(one.field, one.label): _values(prospect, one.column) for one in prospect.mapped}


def _values(prospect: Prospect, column: str) -> list[str]:
    return cast("list[str]", prospect.sample.rows[column].to_pylist())


def _same_keys(one: Prospect, other: Prospect) -> float:
    """The share of keys that a source of the same layout has as well; 0 where it is another."""
    if (
        not one.key
        or not other.key
        or one.key.columns != other.key.columns
        or not _one_layout(one, other)
    ):
        return 0.0
    mine, theirs = _keyed(one), _keyed(other)
    both = mine.keys() & theirs.keys()
    share = len(both) / max(1, len(mine))
    if share < SAME or not _one_person_a_key(mine, theirs, both):
        return 0.0
    return share


def _one_layout(one: Prospect, other: Prospect) -> bool:
    return [c.column for c in one.columns] == [c.column for c in other.columns]


def _keyed(prospect: Prospect) -> dict[tuple[str, ...], set[str]]:
    """The values of each key's row, those of the key aside."""
    key = prospect.key.columns if prospect.key else ()
    rows = prospect.sample.rows.select([c.column for c in prospect.mapped]).to_pylist()
    keys = prospect.sample.rows.select(list(key)).to_pylist()
    return {
        tuple(k.values()): {v for v in row.values() if v} - set(k.values())
        for k, row in zip(keys, rows, strict=True)
    }


def _one_person_a_key(
    mine: dict[tuple[str, ...], set[str]],
    theirs: dict[tuple[str, ...], set[str]],
    both: Iterable[tuple[str, ...]],
) -> bool:
    """Whether the same key means the same contact, and is no number that each file begins anew."""
    # Nothing written of a contact beside its key speaks for neither.
    shared = [not mine[key] or not theirs[key] or bool(mine[key] & theirs[key]) for key in both]
    return sum(shared) >= 0.5 * len(shared)


def _series(one: Candidate) -> tuple[object, ...]:
    """What the parts of a series have in common; nothing but itself where it is of none."""
    path = PurePosixPath(one.path)
    if "://" in one.path or "path" not in one.prospect.settings:
        return (id(one),)
    rest = tuple(sorted((k, str(v)) for k, v in one.prospect.settings.items() if k != "path"))
    if one.prospect.native_key:
        return ("cards", path.parent, path.suffix, one.prospect.connector, rest)
    stem = _PARTS.sub("*", path.stem)
    if "*" not in stem:
        return (id(one),)
    columns = tuple(column.column for column in one.prospect.columns)
    return ("series", path.parent, path.suffix, one.prospect.connector, rest, stem, columns)


def _together(
    pattern: tuple[object, ...], group: list[Candidate], files: Sequence[str]
) -> Candidate | None:
    if len(group) < (_FEW if pattern[0] == "cards" else 2):
        return None
    first = max(group, key=lambda one: one.prospect.rows)
    written = _pattern(group, cards=pattern[0] == "cards")
    # The pattern must mean these files and no others.
    if not written or {f for f in files if _matches(f, written)} != {one.path for one in group}:
        return None
    if not _keys_agree(group):
        return None
    prospect = replace(
        first.prospect,
        settings={**first.prospect.settings, "path": written},
        sample=together([one.prospect.sample for one in group]),
        rows=sum(one.prospect.rows for one in group),
    )
    return replace(first, path=written, prospect=prospect, files=len(group))


def _pattern(group: Sequence[Candidate], *, cards: bool) -> str:
    path = PurePosixPath(group[0].path)
    folder = glob.escape(path.parent.as_posix())
    name = f"*{path.suffix}" if cards else f"{_escaped(path.stem)}{path.suffix}"
    return name if folder == "." else f"{folder}/{name}"


def _escaped(stem: str) -> str:
    """The name with a star for each part that differs, all else as it is written."""
    pieces = [glob.escape(piece) for piece in _PARTS.split(stem)]
    return re.sub(r"\*+", "*", "*".join(pieces))


def _matches(file: str, pattern: str) -> bool:
    from fnmatch import translate

    folder, _, _ = pattern.rpartition("/")
    same_depth = file.count("/") == folder.count("/") + bool(folder)
    return same_depth and bool(re.fullmatch(translate(pattern), file))


def _keys_agree(group: Sequence[Candidate]) -> bool:
    """Whether a key means one contact in all files: a later one takes the place of an earlier."""
    keyed = [_keyed(one.prospect) for one in group if one.prospect.key]
    for place, mine in enumerate(keyed):
        for theirs in keyed[place + 1 :]:
            both = mine.keys() & theirs.keys()
            if both and not _one_person_a_key(mine, theirs, both):
                return False
    return True
