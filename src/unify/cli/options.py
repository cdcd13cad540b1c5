"""Options that every command has, and what commands read them for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from unify.config import Configuration
    from unify.generations import Generations
    from unify.plan import Plan

HELP = {"help_option_names": ["-h", "--help"]}
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class GlobalOptions:
    """Which configuration, and how much is said."""

    config: str | None
    quiet: bool
    verbose: bool

    def under(self, outer: GlobalOptions | None) -> GlobalOptions:
        """These options, with those given before the command's name where they say nothing."""
        if outer is None:
            return self
        return GlobalOptions(
            self.config or outer.config, self.quiet or outer.quiet, self.verbose or outer.verbose
        )

    def plan(self) -> Plan:
        """The plan of the configuration. Raises ConfigError."""
        from unify.clock import system_clock
        from unify.config import locate, read
        from unify.plan import make_plan

        file = locate(self.config, Path())
        return make_plan(read(file), file, system_clock)

    def configuration(self) -> Configuration:
        """The configuration; no source is looked at. Raises ConfigError."""
        from unify.config import locate, read

        return read(locate(self.config, Path()))

    def generations(self) -> Generations:
        """The published generations of the configuration; no source is looked at."""
        from unify.config import locate, read
        from unify.generations import Generations

        file = locate(self.config, Path())
        settings = read(file)
        return Generations(file.parent / settings.project.output, settings.publish.mode)

    def folder(self) -> Path:
        """The project's folder."""
        from unify.config import locate

        return locate(self.config, Path()).parent


def common(function: F) -> F:
    """`-c`, `-q`, `-v`, `--version`: handed to the function as `given`."""

    @click.option(
        "-c", "--config", metavar="FILE", help="The configuration; else unify.toml here or above."
    )
    @click.option("-q", "--quiet", is_flag=True, help="Say nothing on stderr but errors.")
    @click.option(
        "-v", "--verbose", is_flag=True, help="Say more on stderr: how the models were fitted."
    )
    @click.version_option(package_name="unify-contacts", prog_name="unify")
    @click.pass_context
    def wrapped(
        ctx: click.Context, /, config: str | None, quiet: bool, verbose: bool, **rest: Any
    ) -> Any:
        given = GlobalOptions(config, quiet, verbose).under(ctx.obj)
        return ctx.invoke(function, given=given, **rest)

    wrapped.__name__, wrapped.__doc__ = function.__name__, function.__doc__
    wrapped.__dict__.setdefault("__click_params__", [])
    wrapped.__click_params__[:0] = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]
    return wrapped  # type: ignore[return-value]
