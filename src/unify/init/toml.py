"""What was found as a commented `unify.toml`: the same finds give the same file.

No value of a contact stands in it: a configuration is kept in git.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from unify.content.judgement import DOUBTFUL, Judged
from unify.init.explore import Explored
from unify.init.judge import Prospect
from unify.init.likeness import Candidate
from unify.init.walk import LeftOut

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_SHOWN: Final = 5  # paths of one reason
_HEAD: Final = """\
# Written by `unify init`: edit it, and keep it in git.
# A line that begins with `# ?` asks something; `unify check` shows the same with values.
"""


def written(explored: Explored) -> str:
    """The whole file."""
    parts = [_HEAD, _project(explored), *(_source(one) for one in explored.sources)]
    if explored.left_out:
        parts.append(_left_out(explored.left_out))
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def grouped(left_out: Sequence[LeftOut]) -> list[tuple[str, list[str]]]:
    """What is no contact list by reason, the reasons in order."""
    ranked = sorted(left_out, key=lambda one: (one.why, one.path))
    return [
        (why, [one.path for one in group]) for why, group in groupby(ranked, key=lambda o: o.why)
    ]


def one_line(text: str) -> str:
    """A text as it can be shown on one line."""
    return "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in text)


def _project(explored: Explored) -> str:
    lines = [
        "[project]",
        f"name = {_value(explored.name)}",
        f"country = {_value(explored.country)}  # {explored.country_why}",
        f"language = {_value(explored.language)}",
    ]
    for secret in explored.secrets:
        lines.append(
            f"# ? Set {secret.variable} in the environment to the URL of {one_line(secret.shown)}"
        )
    return "\n".join(lines)


def _source(one: Candidate) -> str:
    lines = [*_heading(one), f"[sources.{one.name}]", *_settings(one.prospect), *_fields(one)]
    # A copy is written, and left to the steward.
    return "\n".join(
        f"# {line}".rstrip() if one.same_as and line[:1] != "#" else line for line in lines
    )


def _heading(one: Candidate) -> Iterator[str]:
    prospect = one.prospect
    files = f"{one.files} files of one layout; the largest: " if one.files > 1 else ""
    rows = f"{'' if prospect.whole else 'the first '}{prospect.rows} rows"
    yield f"# {one_line(one.path)}: {files}{one_line(prospect.what)}, {rows}"
    if prospect.warning:
        yield f"# ? {one_line(prospect.warning)}."
    if one.same_as:
        yield f"# ? Left out: {one_line(one.remark)}{'' if one.remark.endswith('?') else '.'}"


def _settings(prospect: Prospect) -> Iterator[str]:
    yield f"connector = {_value(prospect.connector)}"
    for key, value in prospect.settings.items():
        yield f"{key} = {_value(value)}"
    yield from _key(prospect)
    if prospect.updated:
        yield from _chosen(
            "updated", prospect.updated.columns, prospect.updated.why, prospect.updated.question
        )
    yield f"# trust = {_trust(prospect)}  # 0 to 100, else 50: whom to believe where sources differ"


def _key(prospect: Prospect) -> Iterator[str]:
    if prospect.key:
        yield from _chosen("key", prospect.key.columns, prospect.key.why, prospect.key.question)
    elif prospect.native_key:
        yield f"# key: {one_line(prospect.native_key)}, as the source has it"
    else:
        yield "# ? No column identifies a row: a record whose content changes counts as another."
        yield '# key = ["...", "..."]  # several columns together may'


def _chosen(setting: str, columns: Sequence[str], why: str, question: str) -> Iterator[str]:
    if question:
        yield f"# ? {setting} = {one_line(', '.join(columns))}: {question}"
    value = columns[0] if len(columns) == 1 else list(columns)
    yield f"{setting} = {_value(value)}  # {why}"


def _trust(prospect: Prospect) -> int:
    """A first word on it: well-kept systems have keys, dates of change, and many fields."""
    fields = len({one.field for one in prospect.mapped if one.filled > 0.1})
    return min(90, 40 + 10 * bool(prospect.updated) + 2 * fields)


def _fields(candidate: Candidate) -> Iterator[str]:
    """The mapping as comments, then what has to be said for it to be read so."""
    prospect = candidate.prospect
    listed = [one for one in prospect.columns if one.question or (one.field and one.filled)]
    width = max((len(one_line(one.column)) for one in listed), default=0)
    if listed:
        yield f"#   {'column'.ljust(width)}  {'field':<20}  sure  told by"
    for one in listed:
        yield from _column(one, width)
    yield from _others(prospect, listed)
    if prospect.fields:
        yield ""
        yield f"[sources.{candidate.name}.fields]"
        for field, columns in prospect.fields.items():
            yield f"{field} = {_value(columns[0] if len(columns) == 1 else list(columns))}"


def _others(prospect: Prospect, listed: Sequence[Judged]) -> Iterator[str]:
    """The columns that hold no field, and those that hold nothing at all."""
    chosen = [*(prospect.key.columns if prospect.key else ())]
    chosen += prospect.updated.columns if prospect.updated else ()
    rest = [one for one in prospect.columns if one not in listed and one.column not in chosen]
    if unused := [one_line(one.column) for one in rest if one.filled]:
        yield f"#   not used: {', '.join(unused)}"
    if empty := len([one for one in rest if not one.filled]):
        yield f"#   {empty} columns are empty"


def _column(one: Judged, width: int) -> Iterator[str]:
    field = f"{one.field} ({one.label})" if one.label else one.field or "-"
    sure = f"{one.confidence:.2f}" if one.field else "    "
    told = _told(one)
    yield f"#   {one_line(one.column).ljust(width)}  {field:<20}  {sure}  {told}".rstrip()
    if one.question or (one.field and one.confidence < DOUBTFUL):
        yield f"# ? {one_line(one.column)}: {one.question or 'is that right?'}"


def _told(one: Judged) -> str:
    if not one.field:
        return ""
    if one.told_by == "content":
        return f"values ({one.looks.share:.0%})"
    return f"{one.told_by} and values" if one.confidence > 0.9 and one.looks.values else one.told_by


def _left_out(left_out: Sequence[LeftOut]) -> str:
    lines = ["# No contacts:"]
    for why, paths in grouped(left_out):
        shown = ", ".join(one_line(path) for path in paths[:_SHOWN])
        more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
        lines.append(f"#   {shown}{more}: {one_line(why)}")
    return "\n".join(lines)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_name(k)} = {_value(v)}' for k, v in value.items())} }}"
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _name(key: str) -> str:
    return key if _BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False)
