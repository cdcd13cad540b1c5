"""What each column holds, and how sure that is: by its header and its values together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Final

from unify.content.headers import near, purpose
from unify.content.looks import Looks
from unify.discovery import Column, map_columns
from unify.fields import ADDRESS, ANY_ID, ANY_NAME, HOUSE_NUMBER, LISTS, MAPPABLE, Field
from unify.mapping import ColumnMapping

CONTENT: Final = "content"
NEAR: Final = "near header"
DOUBTFUL: Final = 0.7
# How far a teller is believed before the values are looked at.
_BELIEVED: Final = {"configuration": 0.95, "connector": 0.95, "header": 0.9, NEAR: 0.75}
# What values of a field look like. `strict`: what looks otherwise is none.
_SUPPORT: Final[Mapping[str, tuple[str, ...]]] = {
    "emails": ("emails",),
    "phones": ("phones",),
    "tax_id": ("tax_id", "vat_id"),
    "vat_id": ("vat_id", "tax_id"),
    ANY_ID: ("tax_id", "vat_id"),
    "website": ("website",),
    "birth_date": ("date",),
    "sex": ("sex",),
    "kind": ("kind",),
    "name_prefix": ("name_prefix",),
    "postcode": ("postcode",),
    "region": ("region",),
    "country": ("country",),
    "city": ("city",),
    "street": ("street",),
    HOUSE_NUMBER: (HOUSE_NUMBER,),
    ANY_NAME: ("full_name", "organization", "given_name", "family_name"),
    "full_name": ("full_name",),
    "given_name": ("given_name", "full_name"),
    "family_name": ("family_name", "full_name"),
    "organization": ("organization", "full_name"),
    "job_title": ("job_title",),
    "consent_marketing": ("yes or no",),
}
_STRICT: Final = frozenset(
    {"emails", "phones", "tax_id", "vat_id", ANY_ID, "website", "birth_date"}
)
_NAMES: Final = frozenset(
    {"full_name", "given_name", "middle_name", "family_name", "organization", ANY_NAME}
)
_HALVES: Final = {"given_name": "family_name", "family_name": "given_name"}
_IDS: Final = frozenset({"tax_id", "vat_id", ANY_ID})
_REACHED: Final = frozenset({"emails", "phones"}) | _IDS
_ENOUGH: Final = 5  # values that overrule a header
_LEAST: Final = 3  # values that tell anything
_AGREED: Final = 0.4


@dataclass(frozen=True, slots=True)
class Looked:
    """A column as it was looked at: what it looks like, and the share of rows that fill it."""

    column: Column
    looks: Looks
    filled: float


@dataclass(frozen=True, slots=True)
class Judged:
    """A column, the field that it holds (or none), how sure that is, and what is to be asked."""

    column: str
    field: str
    label: str
    told_by: str
    confidence: float
    looks: Looks
    filled: float
    question: str = ""


def judge(mapping: ColumnMapping, looked: Looked) -> Judged:
    """How far a column's values bear out the field that it is mapped to."""
    confidence, question = _borne_out(mapping, looked.looks)
    return _judged(looked, mapping.field, mapping.label, mapping.told_by, confidence, question)


def judge_unmapped(looked: Looked) -> Judged:
    """A column that holds no field, with a question where its values look like one."""
    looks, meant = looked.looks, purpose(looked.column.name)
    telling = looks.field in ("emails", "phones", *_IDS) and meant not in ("other", "key")
    said = f"its values look like {_said(looks)}; it is not mapped" if telling else ""
    return _judged(looked, "", "", "", 0.0, said)


def propose(looked: Sequence[Looked], own: Sequence[Field] = ()) -> list[Judged]:
    """The field of each column, as far as header and values tell, in the columns' order."""
    columns = [one.column for one in looked]
    mapped = {m.column: m for m in map_columns(columns, {}, own, where="init")}
    fields = {mapping.field for mapping in mapped.values()}
    found = {
        one.column.name: _by_header(one, mapped.get(one.column.name), fields) for one in looked
    }
    return _beside_what_was_found(looked, _with_content(looked, found), own)


def fields_to_write(judged: Sequence[Judged], columns: Sequence[Column]) -> dict[str, list[str]]:
    """The fields that must be written, so that the columns are read as they were judged."""
    wanted = _by_field((one.column, one.field) for one in judged if one.field)
    written: dict[str, list[str]] = {}
    for _ in range(4):
        read = map_columns(columns, written, (), where="init")
        told = _by_field((mapping.column, mapping.field) for mapping in read)
        differing = [field for field in {**wanted, **told} if wanted.get(field) != told.get(field)]
        if not differing:
            break
        written |= {field: wanted.get(field, [""]) for field in differing}
    return {field: written[field] for field in MAPPABLE if field in written}


def _by_field(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    held: dict[str, list[str]] = {}
    for column, field in pairs:
        held.setdefault(field, []).append(column)
    return held


def _by_header(looked: Looked, mapping: ColumnMapping | None, beside: Set[str]) -> Judged | None:
    """By its connector or header, unless its values are clearly something else."""
    if mapping is None:
        return _near(looked, beside)
    judged = judge(mapping, looked)
    if mapping.told_by == "connector" or not _overruled(mapping.field, looked.looks):
        return judged
    looks = looked.looks
    return replace(
        judged,
        field=looks.field,
        label=looks.label,
        told_by=CONTENT,
        confidence=round(0.65 * looks.share, 2),
        question=f"its header says {mapping.field}, its values look like {_said(looks)}",
    )


def _near(looked: Looked, beside: Set[str]) -> Judged | None:
    """By a header that is nearly known, where the values agree."""
    target = near(looked.column.name)
    if target is None or purpose(looked.column.name) == "other":
        return None
    field, _, label = target.partition(":")
    if field == "name":
        field = "given_name" if "family_name" in beside else ANY_NAME
    taken = field in beside and field not in (*LISTS, *ADDRESS)
    if taken or looked.looks.of(*_SUPPORT.get(field, ())) < _AGREED:
        return None
    return judge(
        ColumnMapping(looked.column.name, field, label or looked.looks.label, NEAR), looked
    )


def _with_content(looked: Sequence[Looked], found: dict[str, Judged | None]) -> list[Judged]:
    """The columns that no header tells, by what they look like: the surest first."""
    told = dict(found)
    taken = {one.field for one in found.values() if one}
    names = [one.column.name for one in looked]
    before = dict(zip(names, ["", *names], strict=False))
    left = [one for one in looked if told[one.column.name] is None]
    for one in sorted(left, key=_surest_first):
        neighbour = told.get(before[one.column.name])
        said = _by_content(one, taken, neighbour.field if neighbour else "")
        told[one.column.name] = said
        taken |= {said.field} - {""}
    return [judged for one in looked if (judged := told[one.column.name]) is not None]


def _surest_first(looked: Looked) -> tuple[bool, float]:
    is_another_s = purpose(looked.column.name) == "other"
    return is_another_s, -looked.looks.share * min(1.0, looked.filled + 0.2)


def _beside_what_was_found(
    looked: Sequence[Looked], judged: Sequence[Judged], own: Sequence[Field]
) -> list[Judged]:
    """`Nome` is a given name where the values of another column are family names."""
    found = _by_field((one.column, one.field) for one in judged if one.told_by in (CONTENT, NEAR))
    columns = [one.column for one in looked]
    read = {m.column: m for m in map_columns(columns, found, own, where="init")}
    seen = {one.column.name: one for one in looked}
    return [
        judge(again, seen[one.column])
        if one.field == ANY_NAME and (again := read.get(one.column)) and again.field != ANY_NAME
        else one
        for one in judged
    ]


def _by_content(looked: Looked, taken: set[str], before: str) -> Judged:
    looks, meant = looked.looks, purpose(looked.column.name)
    least = 1 if looks.field in _STRICT else _LEAST
    if looks.field not in MAPPABLE or looks.values < least or _is_weak(looks.field, meant, before):
        return _judged(looked, "", "", "", 0.0)
    # A list of agents or suppliers names them so; where another column names the contact, they
    # are somebody else.
    named = looks.field in _NAMES and meant == "other" and not taken & _NAMES
    if meant not in ("nothing", None) and not (looks.field in _REACHED or named):
        return _judged(looked, "", "", "", 0.0)
    if _is_held(looks.field, taken):
        said = f"its values look like {_said(looks)}, which another column holds; it is not mapped"
        return _judged(looked, "", "", "", 0.0, said if meant == "nothing" else "")
    sure = (0.5 + 0.45 * looks.share) * min(1.0, 0.7 + looks.values / 30)
    question = ""
    if meant != "nothing":
        sure, question = (
            min(sure, DOUBTFUL if named else 0.6),
            f"its values look like {_said(looks)}: is it the contact's own?",
        )
    elif sure < DOUBTFUL:
        question = f"its values look like {_said(looks)}: is that right?"
    return _judged(looked, looks.field, looks.label, CONTENT, sure, question)


def _is_weak(field: str, meant: str | None, before: str) -> bool:
    """What small numbers and long texts alone do not prove."""
    if field == HOUSE_NUMBER:
        return not (meant == "nothing" and before == "street")
    return field in ("notes", "job_title", "kind") and meant != "nothing"


def _is_held(field: str, taken: set[str]) -> bool:
    """Whether a second column of the field would be mixed with the first."""
    if field in ("full_name", ANY_NAME) and {"given_name", "family_name"} <= taken:
        return field in taken or field == "full_name"
    return field in taken and field not in LISTS


def _borne_out(mapping: ColumnMapping, looks: Looks) -> tuple[float, str]:
    believed = _BELIEVED.get(mapping.told_by, 0.9)
    if looks.values < _LEAST:
        return round(believed * 0.95, 2), ""
    support = looks.of(*_SUPPORT.get(mapping.field, ()))
    if support >= _AGREED:
        return round(believed + (0.99 - believed) * support, 2), ""
    if _contradicts(mapping.field, looks) or _is_other_half(mapping.field, looks):
        return 0.3, f"its values look like {_said(looks)}, not like {mapping.field}"
    if mapping.field in _STRICT:
        return 0.4, f"only {support:.0%} of its values look like {mapping.field}"
    return round(believed * 0.9, 2), ""


def _contradicts(field: str, looks: Looks) -> bool:
    """Whether the values are clearly of another field, and of another kind of field."""
    if (
        not looks.field
        or looks.share < 0.7
        or looks.field not in (*_STRICT, "updated", *_NAMES, "street")
    ):
        return False
    return not any({field, looks.field} <= group for group in (_NAMES, _IDS)) and field != "notes"


def _is_other_half(field: str, looks: Looks) -> bool:
    """Whether given names stand where family names should, or these where those should."""
    return looks.field == _HALVES.get(field) and looks.share >= 0.7


def _overruled(field: str, looks: Looks) -> bool:
    if looks.values < _ENOUGH or looks.field not in MAPPABLE:
        return False
    if field in _IDS and looks.field == ANY_ID != field:
        # A codice fiscale of eleven digits is a firm's, and read as such.
        return field == "vat_id"
    return _contradicts(field, looks) and looks.of(*_SUPPORT.get(field, ())) < 0.15


def _judged(
    looked: Looked, field: str, label: str, told_by: str, confidence: float, question: str = ""
) -> Judged:
    return Judged(
        looked.column.name, field, label, told_by, round(confidence, 2),
        looked.looks, looked.filled, question,
    )  # fmt: skip


def _said(looks: Looks) -> str:
    return f"{looks.field} ({looks.share:.0%})"
