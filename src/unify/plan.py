"""The plan of a run: everything it needs, frozen before it starts."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from unify.clock import Clock
from unify.config import Configuration, Match, Publish, SourceSettings, secrets_filled
from unify.connector import Connector, files_at, installed, load, refuse_empty, told_from
from unify.errors import ConfigError, ConnectorError, did_you_mean
from unify.fields import PUBLISHED, STANDARD, Field
from unify.survivorship import Policy, policy

OWN_FILES = ("unify.toml", "unify.duckdb", "ledger.sqlite", "review", ".generations")
SQLITE_RELATIVE = re.compile(r"^(sqlite(?:\+\w+)?:///)(?!/|[A-Za-z]:)(.+)$")


@dataclass(frozen=True, slots=True)
class Source:
    """A source as the run will read it."""

    name: str
    kind: str
    """The connector's name."""
    connector: Connector
    key: tuple[str, ...]
    updated: str | None
    fields: Mapping[str, tuple[str, ...]]
    where: str
    keep: bool = False
    """Whether its last records stand when it cannot be read."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One run, decided: sources, rules and limits. Nothing else is read while it runs."""

    name: str
    folder: Path
    country: str
    language: str
    output: Path
    sources: tuple[Source, ...]
    own_fields: tuple[Field, ...]
    match: Match
    survivorship: Policy
    publish: Publish
    clock: Clock
    settings: str
    """A hash of all settings but the secrets, for the run's record."""


def make_plan(configuration: Configuration, file: Path, clock: Clock) -> Plan:
    """The plan that a configuration asks for. Paths are relative to its file."""
    folder = file.parent
    own = own_fields(configuration)
    taken = {field.name for field in own} & {*PUBLISHED, *(field.name for field in STANDARD)}
    if taken:
        raise ConfigError(
            f"'{min(taken)}' is a published column already",
            where=f"{file.name} [fields]",
            remedy="Remove it here, and map it in [sources.NAME.fields].",
        )
    output = folder / configuration.project.output
    _refuse_output(output, folder, where=f"{file.name} [project] output")
    return Plan(
        name=configuration.project.name,
        folder=folder,
        country=configuration.project.country,
        language=configuration.project.language,
        output=output,
        sources=tuple(
            _source(name, settings, folder, f"{file.name} [sources.{name}]")
            for name, settings in sorted(configuration.sources.items())
        ),
        own_fields=own,
        match=configuration.match,
        survivorship=policy(
            configuration.survivorship,
            own,
            where=file.name,
            sources={name: one.trusted() for name, one in configuration.sources.items()},
        ),
        publish=configuration.publish,
        clock=clock,
        settings=hashlib.sha256(configuration.model_dump_json().encode()).hexdigest(),
    )


def own_fields(configuration: Configuration) -> tuple[Field, ...]:
    """The project's own fields, beside the standard ones."""
    return tuple(
        Field(name, field.kind, name, many=False) for name, field in configuration.fields.items()
    )


def _refuse_output(output: Path, folder: Path, *, where: str) -> None:
    """Refuse to publish over what a project is made of."""
    place = Path(os.path.abspath(output))  # noqa: PTH100 (a link is not to be followed)
    own = place.parent == folder and place.name in OWN_FILES
    if own or place == folder or place in folder.parents or place.is_file():
        raise ConfigError(
            f"'{output.name or output}' is no place to publish to",
            where=where,
            remedy="Name a folder of its own, such as `golden`.",
        )


def _source(name: str, settings: SourceSettings, folder: Path, where: str) -> Source:
    wanted = {
        key: _absolute(key, secrets_filled(value, where=f"{where} {key}"), folder)
        for key, value in settings.connector_settings().items()
    }
    key = settings.key or ()
    kind, connector = _connector(settings.connector, wanted, where)
    return Source(
        name=name,
        kind=kind,
        connector=connector,
        key=(key,) if isinstance(key, str) else tuple(key),
        updated=settings.updated,
        fields={
            field: tuple([columns] if isinstance(columns, str) else columns)
            for field, columns in settings.fields.items()
        },
        where=where,
        keep=settings.on_error == "keep",
    )


def _absolute(key: str, value: Any, folder: Path) -> Any:
    """Paths, and SQLite files in URLs, start at the configuration's folder."""
    if not isinstance(value, str):
        return value
    if key == "path":
        return str(folder / value)
    return SQLITE_RELATIVE.sub(
        lambda url: f"{url.group(1)}{(folder / url.group(2)).as_posix()}", value
    )


def _connector(name: str | None, wanted: Mapping[str, Any], where: str) -> tuple[str, Connector]:
    """The connector that a source names, or that its place tells, made with its settings."""
    if name is None:
        name, wanted = _told(wanted, where)
    kind = load(name, where=where)
    known = _settings_of(kind)
    for key in wanted:
        if key not in known:
            raise ConfigError(
                f"unknown key '{key}'",
                where=where,
                remedy=did_you_mean(key, [*SourceSettings.model_fields, *known]),
            )
    try:
        return name, TypeAdapter(kind).validate_python(dict(wanted))
    except ValidationError as invalid:
        first = invalid.errors()[0]
        setting = ".".join(str(part) for part in first["loc"])
        raise ConfigError(
            f"{setting}: {first['msg'].lower()}",
            where=where,
            remedy=f"`unify connectors` lists the settings of '{name}'.",
        ) from invalid


def _told(wanted: Mapping[str, Any], where: str) -> tuple[str, Mapping[str, Any]]:
    """The connector for the path or URL of a source that names none, and its settings."""
    path, url = wanted.get("path"), wanted.get("url")
    if isinstance(path, str):
        name, found = _told_from_files(path, where)
        # The files tell how they are read; the path, which may be a folder, stays as it is written.
        rest = wanted if "path" in found else {k: v for k, v in wanted.items() if k != "path"}
        return name, {**found, **rest}
    if isinstance(url, str):
        return _reader_of_urls(url, where), wanted
    raise ConfigError("it says neither a path nor a url", where=where, remedy="Add `path = ...`.")


def _told_from_files(path: str, where: str) -> tuple[str, Mapping[str, Any]]:
    """The connector that knows the first file at a path that any of them knows."""
    files = files_at(Path(path))
    for file in files:
        with contextlib.suppress(ConfigError):
            name, found = told_from(os.fspath(file), where=where)
            return name, found.settings
    for file in files:
        refuse_empty(file)
    raise ConnectorError(
        "no installed connector knows what stands here",
        where=path,
        remedy=f"Name one with `connector = ...` in {where}; `unify connectors` lists them.",
    )


def _reader_of_urls(url: str, where: str) -> str:
    readers = [name for name in installed() if "url" in _settings_of(load(name, where=where))]
    return readers[0] if len(readers) == 1 else told_from(url, where=where)[0]


def _settings_of(kind: type[Connector]) -> list[str]:
    return [field.name for field in dataclasses.fields(kind)]  # type: ignore[arg-type]
