"""All that was found at some places: the sources in prospect, and why the rest is none."""

from __future__ import annotations

import glob
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any, Final

from anyascii import anyascii

from unify import archives
from unify.connector import Finding
from unify.errors import ConnectorError, UnifyError
from unify.init.country import USUAL, evidence, told
from unify.init.judge import Prospect, prospect
from unify.init.likeness import Candidate, as_series, without_copies
from unify.init.sight import Sighted, sighted, sightings, why_not
from unify.init.walk import Found, LeftOut, kind_of, walk

_FROM_ENVIRONMENT: Final = re.compile(r"\$\{(\w+)\}")
_SQLITE: Final = "sqlite"


@dataclass(frozen=True, slots=True)
class Secret:
    """A URL that is not written: the variable that is to hold it."""

    variable: str
    shown: str


@dataclass(frozen=True, slots=True)
class Explored:
    """What was found: sources by name, what is none, and what they tell of the project."""

    name: str
    country: str
    country_why: str
    language: str
    sources: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...]
    secrets: tuple[Secret, ...]
    files: int


@dataclass(frozen=True, slots=True)
class _Seen:
    """A finding with its sample, and how a configuration names its place."""

    path: str
    sample: Sighted


def explore(
    places: Sequence[str], project: Path, today: date, progress: Callable[[str], None]
) -> Explored:
    """Look through places for contacts. Raises UnifyError for a place that is not there."""
    looked = _Looked(project, progress)
    for place in places:
        looked.look_into(place)
    country, why = told(looked.evidence)
    judged = [(seen, prospect(seen.sample, country, today)) for seen in looked.seen]
    candidates = [
        Candidate("", seen.path, found) for seen, found in judged if isinstance(found, Prospect)
    ]
    left_out = [
        *looked.left_out,
        *(LeftOut(_named(seen), str(w)) for seen, w in judged if isinstance(w, str)),
    ]
    joined = without_copies(as_series(candidates, looked.paths))
    # What is read comes first, what is left out as a copy last.
    joined.sort(key=lambda one: bool(one.same_as))
    return Explored(
        name=_project_name(project),
        country=country,
        country_why=why,
        language="it" if country == USUAL else "en",
        sources=tuple(_with_names(joined)),
        left_out=tuple(sorted(left_out, key=lambda one: one.path)),
        secrets=tuple(looked.secrets),
        files=len(looked.paths),
    )


class _Looked:
    """What has been seen so far."""

    def __init__(self, project: Path, progress: Callable[[str], None]) -> None:
        self.seen: list[_Seen] = []
        self.left_out: list[LeftOut] = []
        self.secrets: list[Secret] = []
        self.paths: dict[str, None] = {}
        self.evidence: Counter[str] = Counter()
        self._project, self._progress = project, progress

    def look_into(self, place: str) -> None:
        """A file, a folder or a database."""
        from_environment = _FROM_ENVIRONMENT.fullmatch(place)
        if "://" in place or from_environment:
            self._database(place)
            return
        path = Path(place)
        if not path.exists():
            raise ConnectorError("no such file or folder", where=place, remedy="Name another.")
        self._progress(f"looking through {place}")
        for found in walk(path, _relative(path, self._project), project=self._project):
            if isinstance(found, LeftOut):
                self.left_out.append(found)
            elif found.path not in self.paths:  # Places may lie in each other.
                self._file(found)

    def _file(self, found: Found) -> None:
        self.paths[found.path] = None
        if len(self.paths) % 500 == 0:
            self._progress(f"{len(self.paths)} files")
        try:
            findings = sightings(os.fspath(found.file))
        except UnifyError as failed:
            self.left_out.append(LeftOut(found.path, failed.what))
            return
        if not findings:
            self.left_out.append(LeftOut(found.path, _why_unknown(found.file)))
        for name, finding in findings:
            settings = _settings(finding.settings, found)
            if _inside_a_zip(found) and "path" not in settings:
                self.left_out.append(LeftOut(found.path, "a database within a zip file; unpack it"))
                return
            self._sample(found.path, name, finding, settings)

    def _database(self, place: str) -> None:
        url, written = _filled(place), place
        self._progress(f"looking through {shown(url)}")
        findings = sightings(url)
        if not findings:
            raise why_not({"sql": {"url": url, "query": "select 1"}}) or ConnectorError(
                "no table that holds text was found",
                where=shown(url),
                remedy="Name another database.",
            )
        if written == url and shown(url) != url:
            variable = f"{_slug(_database_name(url)).upper().replace('-', '_')}_URL"
            self.secrets.append(Secret(variable, shown(url)))
            written = f"${{{variable}}}"
        for name, finding in findings:
            self._sample(shown(url), name, finding, {**finding.settings, "url": written})

    def _sample(self, path: str, name: str, finding: Finding, settings: Mapping[str, Any]) -> None:
        try:
            sample = sighted(name, finding)
        except UnifyError as failed:
            self.left_out.append(LeftOut(path, failed.what))
            return
        named = replace(sample, finding=replace(finding, settings=settings))
        self.evidence += evidence(_values(named))
        self.seen.append(_Seen(path, named))


def shown(url: str) -> str:
    """A URL without what is secret in it."""
    # A password may hold any sign, `/`, `@`, `?` and `#` among them: the last `@` ends it.
    bare = re.sub(r"(://[^/@:]*):.*@", r"\1:***@", url, flags=re.DOTALL)
    return re.sub(r"\?.*", "?***", bare, flags=re.DOTALL)


def _values(sample: Sighted) -> Iterator[str]:
    rows = sample.rows.slice(0, 500)
    for column in rows.columns:
        yield from (value for value in column.to_pylist() if value)


def _why_unknown(file: Path) -> str:
    with file.open("rb") as stream:
        start = stream.read(512)
    if kind := kind_of(start):
        return kind
    if document := archives.document(file):
        return document
    if start.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        failed = why_not({"spreadsheet": {"path": file}})
        return failed.what if failed else "a document without a table"
    if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "no installed connector knows what it is"
    return "text without columns"


def _settings(settings: Mapping[str, Any], found: Found) -> dict[str, Any]:
    """A finding's settings with the place as the configuration names it."""
    plain, posix = os.fspath(found.file), found.file.as_posix()
    written = {
        key: value.replace(plain, found.path).replace(posix, found.path)
        if isinstance(value, str)
        else value
        for key, value in settings.items()
    }
    if "${" in found.path and "path" in written:
        # Nothing is to be filled in from the environment: as a pattern it means itself.
        written["path"] = glob.escape(found.path).replace("$", "[$]")
    return written


def _inside_a_zip(found: Found) -> bool:
    return archives.split(Path(found.path)) is not None or ".zip/" in found.path


def _relative(path: Path, project: Path) -> str:
    whole = Path(os.path.abspath(path))  # noqa: PTH100 (a link is not to be followed)
    if whole.is_relative_to(project):
        inner = whole.relative_to(project).as_posix()
        return "" if inner == "." else inner
    return whole.as_posix()


def _filled(place: str) -> str:
    from unify.config import secrets_filled

    return str(secrets_filled(place, where="unify init"))


def _named(seen: _Seen) -> str:
    settings = seen.sample.finding.settings
    part = next((str(v) for k, v in settings.items() if k in ("table", "sheet")), "")
    return f"{seen.path} [{part}]" if part else seen.path


def _project_name(project: Path) -> str:
    words = re.split(r"[\s_-]+", project.name)
    return (
        " ".join(word if word[:1].isupper() else word.capitalize() for word in words if word)
        or "unify"
    )


def _with_names(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """Each with a name of its own, by its file, and by its table or sheet where one has several."""
    bases = [_base(one) for one in candidates]
    several = Counter(bases)
    taken: set[str] = set()
    for one, base in zip(candidates, bases, strict=True):
        part = _part(one.prospect.settings)
        name = f"{base}_{_slug(part)}" if part and several[base] > 1 else base
        wanted, number = name, 1
        while name in taken:
            number += 1
            name = f"{wanted}_{number}"
        taken.add(name)
        yield replace(one, name=name)


def _base(one: Candidate) -> str:
    if "://" in one.path:
        return _slug(_database_name(one.path))
    return _slug(re.sub(r"\[(.)\]", r"\1", PurePosixPath(one.path).stem))


def _part(settings: Mapping[str, Any]) -> str:
    return next((str(v) for k, v in settings.items() if k in ("table", "sheet", "folder")), "")


def _database_name(url: str) -> str:
    return re.sub(r"[?#].*", "", shown(url)).rstrip("/").rpartition("/")[2] or "database"


def _slug(name: str) -> str:
    plain = anyascii(name).lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_") or "source"
