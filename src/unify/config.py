"""unify.toml → frozen settings. Whatever is wrong in the file is said with its place."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import quote

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails

from unify.errors import ConfigError, did_you_mean
from unify.fields import MAPPABLE, NAMES, Kind

FILE = "unify.toml"
OWN_NAME = r"^[a-z][a-z0-9_]*$"
# What pydantic adds to a place: which alternative of a type failed, and that it is a table's name.
NOT_WRITTEN = ("[key]", "str", "list[str]", "[number]", "[table]")
Share = Annotated[float, Field(ge=0, le=1)]
Trusted = Annotated[int, Field(ge=0, le=100)]
Days = Annotated[float, Field(gt=0)]


class Settings(BaseModel):
    """A table of unify.toml: frozen, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Project(Settings):
    """What the project is, and how local values are read."""

    name: str = "unify"
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] = "IT"
    language: Literal["en", "it"] = "en"
    output: str = "golden"


def _form(written: object) -> str:
    return "[table]" if isinstance(written, dict | BaseModel) else "[number]"


class FieldTrust(Settings):
    """How far a source is believed in a field, and after how many days half as far."""

    trust: Trusted
    half_life_days: Days | None = None


NumberOrTable = Annotated[
    Annotated[Trusted, Tag("[number]")] | Annotated[FieldTrust, Tag("[table]")],
    Discriminator(_form),
]


class SourceTrust(Settings):
    """How far a source is believed, by field. Keys beyond these are fields."""

    model_config = ConfigDict(extra="allow", frozen=True, strict=True)
    __pydantic_extra__: dict[str, NumberOrTable] = Field(init=False)

    default: Trusted = 50
    half_life_days: Days | None = None

    def in_all(self) -> FieldTrust:
        """How far it is believed in fields that are not named."""
        return FieldTrust(trust=self.default, half_life_days=self.half_life_days)

    def by_field(self) -> dict[str, FieldTrust]:
        """How far it is believed in the fields that are named."""
        return {
            field: said
            if isinstance(said, FieldTrust)
            else FieldTrust(trust=said, half_life_days=self.half_life_days)
            for field, said in (self.__pydantic_extra__ or {}).items()
        }


class SourceSettings(Settings):
    """One source. Keys beyond these are settings of its connector."""

    model_config = ConfigDict(extra="allow", frozen=True, strict=True)

    connector: str | None = None
    key: str | list[str] | None = None
    updated: str | None = None
    trust: Annotated[
        Annotated[Trusted, Tag("[number]")] | Annotated[SourceTrust, Tag("[table]")],
        Discriminator(_form),
    ] = 50
    on_error: Literal["fail", "keep"] = "fail"
    fields: dict[str, str | list[str]] = Field(default_factory=dict)

    def trusted(self) -> SourceTrust:
        """How far it is believed, by field."""
        return SourceTrust(default=self.trust) if isinstance(self.trust, int) else self.trust

    def connector_settings(self) -> dict[str, Any]:
        """What the connector is made with."""
        return dict(self.__pydantic_extra__ or {})


class OwnField(Settings):
    """A field of the firm's own, beside the standard ones."""

    kind: Kind = "text"


class Match(Settings):
    """Match probabilities at which records merge, and at which people are asked."""

    auto_merge: Share = 0.99
    review: Share = 0.50

    @model_validator(mode="after")
    def _in_order(self) -> Match:
        if self.auto_merge == 0:
            raise ValueError("auto_merge must be above 0")
        if self.review > self.auto_merge:
            raise ValueError("review must not be above auto_merge")
        return self


class Publish(Settings):
    """The gate: how much may change in one run before a person must look."""

    max_retired: Share = 0.05
    min_rows: Share = 0.80
    max_rekeyed: Share = 0.01
    max_lost: Share = 0.10
    max_loosened: Share = 0.05
    max_growth: Annotated[float, Field(ge=1)] = 2.0
    keep: Annotated[int, Field(ge=1)] = 5
    mode: Literal["private", "group"] = "private"


class Configuration(Settings):
    """The whole of unify.toml."""

    project: Project = Project()
    sources: dict[Annotated[str, Field(pattern=r"^[a-z0-9_-]+$")], SourceSettings] = Field(
        default_factory=dict
    )
    fields: dict[Annotated[str, Field(pattern=OWN_NAME)], OwnField] = Field(default_factory=dict)
    match: Match = Match()
    survivorship: dict[str, list[str]] = Field(default_factory=dict)
    publish: Publish = Publish()


def locate(given: str | None, start: Path) -> Path:
    """The configuration file: the one given, else unify.toml here or in a parent folder."""
    if given is not None:
        path = Path(given)
        path = path / FILE if path.is_dir() else path
        if not path.is_file():
            raise ConfigError("no such file", where=given, remedy="Write one, or name another.")
        return path.resolve()
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / FILE).is_file():
            return folder / FILE
    raise ConfigError(
        f"no {FILE} here or in a parent folder",
        where=os.fspath(start),
        remedy=f"Go to your project's folder, name the file with `-c`, or write a {FILE}.",
    )


def read(path: Path) -> Configuration:
    """The settings of a file. Raises ConfigError naming the table, the key and the nearest one."""
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as broken:
        raise ConfigError(
            f"not valid TOML: {broken}", where=path.name, remedy="Mend that line."
        ) from broken
    except UnicodeDecodeError as broken:
        raise ConfigError("not UTF-8 text", where=path.name, remedy="Save it as UTF-8.") from broken
    try:
        configuration = Configuration.model_validate(written)
    except ValidationError as invalid:
        raise _said(invalid.errors()[0], path.name) from invalid
    if not configuration.sources:
        raise ConfigError(
            "no source is configured",
            where=path.name,
            remedy="Add a [sources.NAME] table with a path or a url.",
        )
    _check_fields(configuration, path.name)
    return configuration


def secrets_filled(value: Any, *, where: str) -> Any:
    """`value` with every ${NAME} taken from the environment.

    Raises ConfigError for one that is not set.
    """
    if isinstance(value, list):
        return [secrets_filled(item, where=where) for item in value]
    if not isinstance(value, str):
        return value

    # Part of a URL, a secret may hold signs that mean something there.
    within_url = "://" in value

    def fill(found: re.Match[str]) -> str:
        name = found.group(1)
        if name not in os.environ:
            raise ConfigError(
                f"the environment variable {name} is not set",
                where=where,
                remedy=f"Set {name} before running unify.",
            )
        return quote(os.environ[name], safe="") if within_url else os.environ[name]

    return re.sub(r"\$\{(\w+)\}", fill, value)


def _check_fields(configuration: Configuration, file: str) -> None:
    known = (*MAPPABLE, *configuration.fields)
    surviving = (*NAMES, *configuration.fields)
    for name, source in configuration.sources.items():
        for field in source.fields:
            if field not in known:
                raise ConfigError(
                    f"unknown field '{field}'",
                    where=f"{file} [sources.{name}.fields]",
                    remedy=did_you_mean(field, known),
                )
        _check_trust(source, surviving, where=f"{file} [sources.{name}.trust]")
    for field in configuration.survivorship:
        if field not in ("default", *surviving):
            raise ConfigError(
                f"unknown field '{field}'",
                where=f"{file} [survivorship]",
                remedy=did_you_mean(field, ("default", *surviving)),
            )


def _check_trust(source: SourceSettings, fields: Sequence[str], *, where: str) -> None:
    for field in source.trusted().by_field():
        if field not in fields:
            raise ConfigError(
                f"unknown field '{field}'",
                where=where,
                remedy=did_you_mean(field, (*SourceTrust.model_fields, *fields)),
            )


def _said(error: ErrorDetails, file: str) -> ConfigError:
    """The first mistake in a sentence: where it stands, and what would be right."""
    *tables, key = [str(part) for part in error["loc"] if part not in NOT_WRITTEN]
    where = f"{file} [{'.'.join(tables)}]" if tables else file
    if error["type"] == "extra_forbidden":
        return ConfigError(
            f"unknown key '{key}'", where=where, remedy=did_you_mean(key, _keys_at(tables))
        )
    return ConfigError(f"{key}: {error['msg'].lower()}", where=where, remedy="Mend this value.")


def _keys_at(tables: list[str]) -> list[str]:
    """The keys that may stand in a table."""
    if tables[2:3] == ["trust"]:
        return list(FieldTrust.model_fields)
    models: dict[str, type[BaseModel]] = {
        "project": Project,
        "fields": OwnField,
        "match": Match,
        "publish": Publish,
    }
    model = models.get(tables[0], Configuration) if tables else Configuration
    return list(model.model_fields)
