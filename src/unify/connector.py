"""All that the author of a connector needs: the interface, its batches, its discovery.

A connector is a frozen dataclass. Its fields are its settings in `unify.toml`, its
docstring is its help. It is installed by an entry point of the group
`unify.connectors`, named as it is named in the configuration:

    [project.entry-points."unify.connectors"]
    vcard = "unify_connectors.vcard:VCard"
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, runtime_checkable

from unify import archives
from unify.errors import ConfigError, ConnectorError, did_you_mean

if TYPE_CHECKING:
    import pyarrow as pa

GROUP = "unify.connectors"

NO_FIELD = "none"
"""What a connector says of a column that it knows to hold no standard field."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that could not be read: where it stands, why, and what it says."""

    location: str
    reason: str
    content: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive records of one file, sheet, table or query, as they are written.

    `records`: every column is text, named as the source names it (repeated and blank
    names made unique); a missing value is null. A connector that knows what a column
    means says so in the Arrow field's metadata: `field` (a standard field, or `none` where
    it holds none of them) and, for e-mails, phones and addresses, `label`.
    `locations`: one text a record, for people: `crm.csv line 12`, `list.xlsx [Sheet1] row 3`.
    `origin`: the file (or table) that the records come from; a later origin's record
    supersedes an earlier one of the same key.
    `set_aside`: rows of this stretch that could not be read.
    `shown`: what this stretch proves of how its source writes (its `encoding`), for a connector
    that reads by it: see `Learner`.
    """

    records: pa.RecordBatch
    locations: pa.StringArray
    origin: str
    set_aside: tuple[SetAside, ...] = ()
    shown: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a connector sees at a place: the settings that read it, and how sure it is.

    `parts`: the same place by its sheets (mail folders, lists), where each may hold something
    else; the settings of a part read that part alone.
    `key`: the columns that identify a record, where the source itself says so.
    """

    settings: Mapping[str, Any]
    what: str
    confidence: float
    parts: tuple[Finding, ...] = ()
    key: tuple[str, ...] = ()


@runtime_checkable
class Connector(Protocol):
    """A kind of source. Instances are frozen dataclasses of settings."""

    native_key: ClassVar[str | None]
    """The column that identifies a record by nature of the source (a vCard's UID), if any."""

    def read(self) -> Iterator[Batch]:
        """The source's records, in a stable order.

        A bad row is a `SetAside`, not an exception. Raises ConnectorError when the
        source cannot be read at all.
        """

    @classmethod
    def find(cls, place: str) -> Iterable[Finding]:
        """What this connector could read at a path or URL; nothing if it cannot."""


@runtime_checkable
class Learner(Connector, Protocol):
    """A connector that reads what its source leaves open as earlier loads were read.

    What the batches of a load have `shown`, as far as they agree, is kept for the source until
    they show otherwise.
    """

    def read_as(self, learnt: Mapping[str, str]) -> Iterator[Batch]:
        """As `read`, by what earlier loads have shown; what this one proves goes before it."""


def read(connector: Connector, learnt: Mapping[str, str]) -> Iterator[Batch]:
    """A connector's batches, by what earlier loads of its source have shown, if it learns."""
    return connector.read_as(learnt) if isinstance(connector, Learner) else connector.read()


@cache
def installed() -> Mapping[str, EntryPoint]:
    """The connectors installed on this machine, by name; loading one imports its library."""
    points = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    return MappingProxyType({point.name: point for point in points})


def load(name: str, *, where: str) -> type[Connector]:
    """The connector of that name. Raises ConfigError naming the nearest one."""
    points = installed()
    if name not in points:
        raise ConfigError(
            f"unknown connector '{name}'", where=where, remedy=did_you_mean(name, points)
        )
    loaded: type[Connector] = points[name].load()
    return loaded


def told_from(place: str, *, where: str) -> tuple[str, Finding]:
    """The connector that knows best what stands at `place`, and what it found there."""
    found = [
        (finding.confidence, name, finding)
        for name in installed()
        for finding in load(name, where=where).find(place)
    ]
    if not found:
        raise ConfigError(
            "no installed connector knows this kind of source",
            where=where,
            remedy="Name one with `connector = ...`; `unify connectors` lists them.",
        )
    _, name, finding = max(found, key=lambda entry: (entry[0], entry[1]))
    return name, finding


def files_at(path: Path, *, suffixes: tuple[str, ...] = ()) -> list[Path]:
    """The files that a path, glob pattern or folder names, in name order.

    In a folder, only files of the given suffixes count (all of them if none is given).
    A path that runs through a zip file names files in it; they are unpacked.
    Raises ConnectorError where there is none.
    """
    text, within = os.fspath(path), None
    if path.is_dir():
        files = [p for p in path.rglob("*") if p.is_file() and _wanted(p, suffixes)]
        missing = f"the folder holds no {' or '.join(suffixes) or 'file'} file"
    elif path.exists():
        files, missing = [path], ""
    elif within := archives.split(path):
        # What a pattern or a folder in a zip names is chosen by suffix as elsewhere.
        found = archives.files_in(*within)
        files = [p for p in found if len(found) == 1 or _wanted(p, suffixes)]
        missing = "the zip file holds no such file"
    elif glob.has_magic(text):
        # `Path.glob` takes no absolute pattern.
        matches = glob.glob(text, recursive=True)  # noqa: PTH207
        files = [p for p in map(Path, matches) if p.is_file()]
        missing = "no file matches this pattern"
    else:
        files, missing = [], "no such file"
    if not files:
        raise ConnectorError(missing, where=text, remedy="Check `path` in unify.toml.")
    return files if within else sorted(files, key=lambda p: p.as_posix())


def refuse_empty(file: Path) -> None:
    """Raise ConnectorError for a file of no bytes: an export that failed, not an empty source."""
    if file.stat().st_size == 0:
        raise ConnectorError(
            "the file is empty (0 bytes)",
            where=os.fspath(file),
            remedy="Export it again; a source without contacts still has a header row.",
        )


def unreadable(file: Path, error: OSError) -> ConnectorError:
    """What to say of a file that the system does not give, or that ends too soon."""
    return ConnectorError(
        f"the file cannot be read ({error.strerror or 'it ends too soon'})",
        where=os.fspath(file),
        remedy="Check that it exists and that you may read it.",
    )


def _wanted(file: Path, suffixes: tuple[str, ...]) -> bool:
    return not file.name.startswith(".") and (not suffixes or file.suffix.lower() in suffixes)
