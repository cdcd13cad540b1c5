"""Own fields among the comparisons of a model, each compared by its kind.

A field takes part where it carries information: filled on more than a handful of the model's
records, with more than one value. It carries a merge only where it is an identifier, an e-mail
or a phone, and nearly every value is held by few: such a one is looked for by blocking, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from unify.fields import Field, Kind
from unify.linkage.model import BlockingRule, Comparison, Level, Model, comparison_of
from unify.presets import read_toml
from unify.tables import StandardRecord
from unify.workspace import Workspace, literal, quoted

PREFIX = "own_"
# A field that no more records have says nothing of how records of one customer agree.
HANDFUL = 10
IDENTIFYING: tuple[Kind, ...] = ("id", "email", "phone")
# A value is a customer's own if no more records have it; of an identifier, this share is.
FEW, NEARLY_ALL = 5, 0.95
# Where the records of a field have fewer values than this share of them, it is no identifier.
OWN_VALUES = 0.4

WORDS = "trim(regexp_replace(lower(strip_accents({value})), '[^a-z0-9]+', ' ', 'g'))"
DIGITS = "regexp_replace({value}, '[^0-9]', '', 'g')"
# The form in which two values are compared, so that two spellings of one are equal.
FORMS: dict[Kind, str] = {
    "text": WORDS,
    "category": WORDS,
    "name": WORDS,
    "id": "upper(regexp_replace({value}, '[^0-9A-Za-z]', '', 'g'))",
    "email": "case when {value} like '%_@_%' then lower(trim({value})) end",
    # Without what some write before it: the country's code.
    "phone": f"case when length({DIGITS}) >= 6 then right({DIGITS}, 9) end",
    # The last of comma and point parts the decimals, but for a lone one before three digits.
    "number": (
        "cast(try_cast(case"
        " when regexp_matches({value}, '^[^.]*,[^,.]*$') or regexp_matches({value}, '[.].*,')"
        " then replace(replace(regexp_replace({value}, '[^0-9.,-]', '', 'g'), '.', ''), ',', '.')"
        " when regexp_matches({value}, '^[^,.]*([.][0-9]{{3}})+$')"
        " then regexp_replace({value}, '[^0-9-]', '', 'g')"
        " else regexp_replace({value}, '[^0-9.-]', '', 'g') end as double) as varchar)"
    ),
    "date": (
        "list_filter([strftime(try_strptime(trim({value}), $date_forms), '%Y-%m-%d')],"
        " lambda day: not list_contains($no_dates, day))[1]"
    ),
}
DAY_FIRST = (
    "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y%m%d", "%Y/%m/%d", "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S", "%d/%m/%y", "%d.%m.%y",
)  # fmt: skip
MONTH_FIRST = ("%Y-%m-%d", "%m/%d/%Y", "%m-%d-%Y", "%Y%m%d", "%Y/%m/%d", "%m/%d/%y")


@dataclass(frozen=True, slots=True)
class Own:
    """The fields of one's own, and the country that their dates are read as of."""

    fields: tuple[Field, ...]
    country: str


@dataclass(frozen=True, slots=True)
class Information:
    """What an own field tells of the records of a model."""

    field: Field
    filled: int
    different: int
    own: int
    """How many records have a value that few have."""

    @property
    def tells(self) -> bool:
        """Whether two records can be compared by it at all."""
        return self.filled > HANDFUL and self.different > 1

    @property
    def identifies(self) -> bool:
        """Whether it is an identifier, by its kind and by its values."""
        return (
            self.field.kind in IDENTIFYING
            and self.own >= NEARLY_ALL * self.filled
            and self.different >= OWN_VALUES * self.filled
        )


def with_own(workspace: Workspace, model: Model, records: StandardRecord, own: Own) -> Model:
    """The model with comparisons of the own fields that tell something.

    The model's table gains a column a field, `own_<field>`: its value as it is compared.
    """
    if not own.fields:
        return model
    _standardise(workspace, model.table, records, own)
    told = [one for one in _information(workspace, model.table, own.fields) if one.tells]
    identifying = [PREFIX + one.field.name for one in told if one.identifies]
    return replace(
        model,
        comparisons=(*model.comparisons, *(_comparison(one.field) for one in told)),
        anchors=(*model.anchors, *identifying),
        blocking=(*model.blocking, *(BlockingRule(name, (name,)) for name in identifying)),
    )


def _standardise(workspace: Workspace, table: str, records: StandardRecord, own: Own) -> None:
    columns = ", ".join(f"{_form(field)} as {quoted(PREFIX + field.name)}" for field in own.fields)
    bound: dict[str, Any] = {"junk": read_toml("junk.toml")["text"]}
    if any(field.kind == "date" for field in own.fields):
        dates = read_toml("dates.toml")
        month_first = own.country in dates["month_first"]
        bound["date_forms"] = list(MONTH_FIRST if month_first else DAY_FIRST)
        bound["no_dates"] = dates["placeholders"]
    workspace.compose(
        table,
        f"select record.*, {columns} from {quoted(table)} as record"
        f" join {records.name} as standard using (record_id) order by record_id",
        **bound,
    )


def _form(field: Field) -> str:
    """The SQL of a field's value as it is compared; null where it says nothing."""
    written = f"standard.own[{literal(field.name)}]"
    formed = FORMS[field.kind].format(value=written)
    nothing = (
        f"list_contains($junk, lower(trim({written})))"
        f" or regexp_full_match({written}, '[\\W_]*|0[0 .,/-]*|(?:[xX][ ./-]*){{2,}}')"
    )
    return f"case when {nothing} then null else nullif({formed}, '') end"


def _information(workspace: Workspace, table: str, own: Iterable[Field]) -> list[Information]:
    return [
        Information(field, *workspace.select(_counted(table, PREFIX + field.name), few=FEW)[0])
        for field in own
    ]


def _counted(table: str, column: str) -> str:
    return f"""
        select coalesce(sum(records), 0)::BIGINT, count(*),
               coalesce(sum(records) filter (where records <= $few), 0)::BIGINT
        from (
            select count(*) as records from {quoted(table)}
            where of_kind and {quoted(column)} is not null group by {quoted(column)}
        )
    """


def _comparison(field: Field) -> Comparison:
    """How a field of this kind is compared, of this one."""
    column = PREFIX + field.name
    generic = comparison_of({"name": column, **read_toml("models/own.toml")[field.kind]})
    return Comparison(column, tuple(_of(level, column) for level in generic.levels))


def _of(level: Level, column: str) -> Level:
    return replace(
        level,
        when=re.sub(r"\bvalue\b", column, level.when),
        term_frequency=column if level.term_frequency else None,
    )
