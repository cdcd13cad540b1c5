"""A source in prospect: its columns judged, its key, its last change, whether it holds contacts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from unify.content.headers import purpose
from unify.content.judgement import CONTENT, DOUBTFUL, Judged, Looked, fields_to_write, propose
from unify.content.looks import UPDATED, look
from unify.content.second_header import second_header
from unify.init.sight import LOOKED_AT, Sighted

if TYPE_CHECKING:
    import pyarrow as pa

_NAMES: Final = ("full_name", "any_name", "given_name", "family_name", "organization")
_REACHED_BY: Final = ("emails", "phones", "tax_id", "vat_id", "any_id")
_PLACES: Final = ("street", "city", "postcode", "birth_date")
_ENOUGH: Final = 3
_FEW_FIELDS: Final = 3
_CLEAR: Final = 0.9
_ENOUGH_EVENTS: Final = 20
_EACH_ITS_OWN: Final = 0.65  # contacts a row, below which rows are no list of contacts
_REPEATS: Final = 0.02  # of a key's values


@dataclass(frozen=True, slots=True)
class Chosen:
    """A column chosen for a purpose, and why."""

    columns: tuple[str, ...]
    why: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class Prospect:
    """A place that holds contacts, and how it would be read."""

    connector: str
    settings: Mapping[str, Any]
    what: str
    rows: int
    whole: bool
    columns: tuple[Judged, ...]
    fields: Mapping[str, Sequence[str]]
    key: Chosen | None
    updated: Chosen | None
    native_key: str | None
    sample: Sighted
    warning: str = ""
    """What is odd about its rows as a whole."""

    @property
    def mapped(self) -> list[Judged]:
        """The columns that hold a field."""
        return [column for column in self.columns if column.field]

    @property
    def doubtful(self) -> list[Judged]:
        """Those of which something is to be asked."""
        return [one for one in self.columns if one.question or 0 < one.confidence < DOUBTFUL]


def looked_at(sample: Sighted, country: str, today: date) -> list[Looked]:
    """Every column with what it looks like."""
    rows = _spread(sample.rows)
    looked = []
    for column in sample.columns:
        values = [value for value in rows[column.name].to_pylist() if value]
        filled = len(values) / rows.num_rows if rows.num_rows else 0.0
        looked.append(Looked(column, look(values, country, today), filled))
    return looked


def prospect(sample: Sighted, country: str, today: date) -> Prospect | str:
    """How a finding would be read; or, in a sentence, why it is no list of contacts."""
    if not sample.rows.num_rows:
        return "it has columns, and no rows" if sample.columns else "it holds no rows"
    columns = propose(looked_at(sample, country, today))
    if reason := why_no_contacts(columns) or _why_events(sample.rows, columns):
        return reason
    return Prospect(
        connector=sample.connector,
        settings=sample.finding.settings,
        what=sample.finding.what,
        rows=sample.rows.num_rows,
        whole=sample.whole,
        columns=tuple(columns),
        fields=fields_to_write(columns, sample.columns),
        key=_key(sample, columns),
        updated=_updated(columns),
        native_key=sample.native_key,
        sample=sample,
        warning=_warning(sample),
    )


def _warning(sample: Sighted) -> str:
    rows = zip(*(column.to_pylist() for column in _spread(sample.rows).columns), strict=True)
    header = second_header(list(rows))
    if not header:
        return ""
    said = ", ".join(header)
    begins = f"another table begins within it, with the columns {said}"
    return f"{begins}: put it on a sheet or in a file of its own"


def why_no_contacts(columns: Sequence[Judged]) -> str | None:
    """Why columns are not those of contacts; None where they are."""
    held = {field: _weight(field, columns) for field in (*_NAMES, *_REACHED_BY)}
    places = sum(_weight(field, columns) for field in _PLACES)
    reached = sum(held[field] for field in _REACHED_BY)
    named = max(held[field] for field in _NAMES)
    known = any(one.told_by == "connector" and one.filled for one in columns if one.field)
    if known and (reached or named):
        return None
    both = held["given_name"] and held["family_name"]
    if not reached and not named:
        return "no column holds names, e-mails, phones or tax ids"
    if 2 * reached + 2 * named + both + min(places, 2) < _ENOUGH and not held["emails"] >= 1:
        return "names or numbers alone, with nothing that a contact is reached by"
    return None


def _why_events(rows: pa.Table, columns: Sequence[Judged]) -> str | None:
    """Why rows are orders, invoices or visits of the same few contacts; None where they are not.

    Rows that tell much of a contact are kept, however often it returns: there may be no other list.
    """
    known = [one for one in columns if one.field and one.filled and one.confidence >= DOUBTFUL]
    if len({one.field for one in known}) > _FEW_FIELDS or any(
        one.told_by == "connector" for one in known
    ):
        return None
    whole, contacts = (
        _different(rows, rows.column_names),
        _different(rows, [c.column for c in known]),
    )
    if whole < _ENOUGH_EVENTS or contacts >= _EACH_ITS_OWN * whole:
        return None
    return "its rows are events or documents: the same contacts stand in many of them"


def _different(rows: pa.Table, columns: Sequence[str]) -> int:
    """How many different rows the columns hold."""
    return rows.select(list(columns)).group_by(list(columns)).aggregate([]).num_rows


def _weight(field: str, columns: Sequence[Judged]) -> float:
    """How surely a field is among the columns: by its values, or by a header alone."""
    sure = [_proof(one) for one in columns if one.field == field and one.filled]
    return max(sure, default=0.0)


def _proof(one: Judged) -> float:
    if one.told_by == "connector":
        return 1.0
    if one.confidence < DOUBTFUL:
        return _proof_by_values(one)
    # A header alone may mean a product's name, or a document's number.
    borne_out = one.looks.values < 3 or one.confidence > 0.9
    return 1.0 if borne_out else 0.5


def _proof_by_values(one: Judged) -> float:
    """How surely it is so where no header says it: in a language that no table knows."""
    if one.told_by != CONTENT or one.looks.share < _CLEAR or one.looks.values < _ENOUGH_ROWS:
        return 0.3
    return 1.0 if one.field == "emails" else 0.75


def _spread(rows: pa.Table) -> pa.Table:
    """So many rows as are looked at, from all over the sample."""
    if rows.num_rows <= LOOKED_AT:
        return rows
    places = [place * rows.num_rows // LOOKED_AT for place in range(LOOKED_AT)]
    return rows.take(places)


def _key(sample: Sighted, columns: Sequence[Judged]) -> Chosen | None:
    """The column that identifies a record, if one does."""
    if sample.native_key:
        return None
    names = [column.name for column in sample.columns]
    if sample.finding.key and set(sample.finding.key) <= set(names):
        return Chosen(sample.finding.key, "the primary key")
    unique = [one for one in columns if _is_unique(sample.rows, one.column)]
    ranked = sorted(unique, key=lambda one: (_rank(one), names.index(one.column)))
    best = next((one for one in ranked if _rank(one) < _NEVER), None)
    if best is None:
        return None
    return Chosen((best.column,), *_why(best))


_NEVER: Final = 9
_ENOUGH_ROWS: Final = 5  # rows, below which any column has its own value in each
_RANKS: Final = {"emails": 4, "tax_id": 5, "vat_id": 5, "any_id": 5, "phones": 7}


def _rank(one: Judged) -> int:
    """How good a key a column makes: the less, the better."""
    meant = purpose(one.column)
    if one.field:
        few = one.looks.values < _ENOUGH_ROWS and one.field != "emails"
        return _NEVER if few or one.filled < 0.999 else _RANKS.get(one.field, _NEVER)
    if one.filled < 0.98 or one.looks.field in (UPDATED, "date", "birth_date", "notes", "street"):
        return _NEVER
    if meant == "key":
        return 0
    if meant == "other":
        return _NEVER
    if one.looks.values < _ENOUGH_ROWS:
        return _NEVER
    return 1 if meant == "nothing" else 2


def _why(one: Judged) -> tuple[str, str]:
    if one.field == "emails":
        return (
            "nothing else identifies a row",
            "an e-mail that changes makes another record: is there no better key?",
        )
    if one.field:
        return "nothing else identifies a row", f"is {one.field} there for every record to come?"
    if purpose(one.column) == "key":
        return "every row has its own, and its header says so", ""
    return "every row has its own", "is this the number by which the source knows a record?"


def _is_unique(rows: pa.Table, column: str) -> bool:
    import pyarrow.compute as pc

    values = rows[column]
    filled = len(values) - values.null_count
    different = pc.count_distinct(values, mode="only_valid").as_py()
    return bool(filled > 1 or rows.num_rows == 1) and filled - different <= _REPEATS * filled


def _updated(columns: Iterable[Judged]) -> Chosen | None:
    """The column that says when a record was last touched, or else when it came."""
    dates = [
        one for one in columns if one.looks.of("date") > 0.8 and not one.field and one.filled > 0.3
    ]
    meant = {one.column: purpose(one.column) for one in dates}
    for wanted, why, question in (
        ("updated", "its header says so", ""),
        ("created", "when it came; nothing says when it changed", ""),
    ):
        for one in dates:
            if meant[one.column] == wanted:
                return Chosen((one.column,), why, question)
    late = [one for one in dates if one.looks.field == UPDATED and meant[one.column] != "other"]
    if not late:
        return None
    return Chosen(
        (late[-1].column,), "dates of these years", "is this when a record was last touched?"
    )
