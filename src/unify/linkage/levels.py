"""The conditions that comparison levels are made of, in SQL by dialect. The one place for it.

A level's condition is written in a model as a phrase: `exact(family_key) and overlap(places)`,
`similar(given_key, 0.92)`, `not exact(birth_date)`. `{a}` and `{b}` stand for the columns of
a condition, `{at}` for its threshold; `_l` and `_r` are the two records.
"""

from __future__ import annotations

import re

from unify.errors import ModelError

DUCKDB, SPARK = "duckdb", "spark"

# Whether a list of words holds one that is none of another list's, however it may be spelt.
OWN_WORD = (
    "len(list_filter({a}, lambda x: len(list_filter({b}, lambda y: x = y or"
    " (jaro_winkler_similarity(x, y) >= {{at}} and not regexp_matches(x, '^[0-9]+$')))) = 0)) > 0"
)
OWN_WORD_SPARK = (
    "exists({a}, x -> not exists({b}, y -> x = y or"
    " (jaro_winkler(x, y) >= {{at}} and not x rlike '^[0-9]+$')))"
)

CONDITIONS: dict[str, dict[str, str]] = {
    "missing": {DUCKDB: "({a}_l is null or {a}_r is null)"},
    # Nothing to compare, or another column says it better.
    "needless": {
        DUCKDB: "({a}_l is null or {a}_r is null or ({b}_l is not null and {b}_r is not null))"
    },
    "both": {DUCKDB: "({a}_l and {a}_r)"},
    "either": {DUCKDB: "({a}_l or {a}_r)"},
    "comparable": {
        DUCKDB: "(({a}_l is not null and {a}_r is not null)"
        " or ({b}_l is not null and {b}_r is not null))"
    },
    "exact": {DUCKDB: "{a}_l = {a}_r"},
    "swapped": {DUCKDB: "({a}_l = {b}_r and {b}_l = {a}_r)"},
    "half_swapped": {DUCKDB: "coalesce({a}_l = {b}_r or {b}_l = {a}_r, false)"},
    "crosswise": {
        DUCKDB: "(jaro_winkler_similarity({a}_l, {b}_r) >= {at}"
        " and jaro_winkler_similarity({b}_l, {a}_r) >= {at})",
        SPARK: "(jaro_winkler({a}_l, {b}_r) >= {at} and jaro_winkler({b}_l, {a}_r) >= {at})",
    },
    "similar": {
        DUCKDB: "jaro_winkler_similarity({a}_l, {a}_r) >= {at}",
        SPARK: "jaro_winkler({a}_l, {a}_r) >= {at}",
    },
    # Paolo and Paola are brother and sister.
    "but_ending": {
        DUCKDB: "left({a}_l, length({a}_l) - 1) = left({a}_r, length({a}_r) - 1)",
    },
    "edits": {DUCKDB: "levenshtein({a}_l, {a}_r) <= {at}"},
    "initial": {
        DUCKDB: "((length({a}_l) = 1 or length({a}_r) = 1) and left({a}_l, 1) = left({a}_r, 1))"
    },
    "same_word": {
        DUCKDB: "(list_has_any(string_split({a}_l, ' '), string_split({a}_r, ' ')))",
        SPARK: "arrays_overlap(split({a}_l, ' '), split({a}_r, ' '))",
    },
    "all_words": {
        DUCKDB: "(list_has_all(string_split({a}_l, ' '), string_split({a}_r, ' '))"
        " or list_has_all(string_split({a}_r, ' '), string_split({a}_l, ' ')))",
        SPARK: "(size(array_except(split({a}_r, ' '), split({a}_l, ' '))) = 0"
        " or size(array_except(split({a}_l, ' '), split({a}_r, ' '))) = 0)",
    },
    "words_shared": {
        DUCKDB: "len(list_intersect(string_split({a}_l, ' '), string_split({a}_r, ' '))) >= {at}",
        SPARK: "size(array_intersect(split({a}_l, ' '), split({a}_r, ' '))) >= {at}",
    },
    # Nord and Sud, 12 and 14: no spelling of one another, as `imp` is of `impianti`.
    "own_words": {
        DUCKDB: "({one} and {other})".format(
            one=OWN_WORD.format(a="string_split({a}_l, ' ')", b="string_split({a}_r, ' ')"),
            other=OWN_WORD.format(a="string_split({a}_r, ' ')", b="string_split({a}_l, ' ')"),
        ),
        SPARK: "({one} and {other})".format(
            one=OWN_WORD_SPARK.format(a="split({a}_l, ' ')", b="split({a}_r, ' ')"),
            other=OWN_WORD_SPARK.format(a="split({a}_r, ' ')", b="split({a}_l, ' ')"),
        ),
    },
    "day_month_swapped": {
        DUCKDB: "(left({a}_l, 4) = left({a}_r, 4) and substr({a}_l, 6, 2) = substr({a}_r, 9, 2)"
        " and substr({a}_l, 9, 2) = substr({a}_r, 6, 2))"
    },
    "overlap": {
        DUCKDB: "coalesce(list_has_any({a}_l, {a}_r), false)",
        SPARK: "coalesce(arrays_overlap({a}_l, {a}_r), false)",
    },
    "either_overlaps": {
        DUCKDB: "(coalesce(list_has_any({a}_l, {a}_r), false)"
        " or coalesce(list_has_any({b}_l, {b}_r), false))",
        SPARK: "(coalesce(arrays_overlap({a}_l, {a}_r), false)"
        " or coalesce(arrays_overlap({b}_l, {b}_r), false))",
    },
    "crossed": {
        DUCKDB: "(coalesce(list_has_any({a}_l, {b}_r), false)"
        " or coalesce(list_has_any({b}_l, {a}_r), false))",
        SPARK: "(coalesce(arrays_overlap({a}_l, {b}_r), false)"
        " or coalesce(arrays_overlap({b}_l, {a}_r), false))",
    },
    "one_similar": {
        DUCKDB: "list_max(list_transform({a}_l, lambda x: list_max(list_transform({a}_r,"
        " lambda y: jaro_winkler_similarity(x, y))))) >= {at}",
        SPARK: "exists({a}_l, x -> exists({a}_r, y -> jaro_winkler(x, y) >= {at}))",
    },
    "one_misspelt": {
        # Another number, or a point more, is another mailbox and no slip: anna71 is not anna84.
        DUCKDB: "len(list_filter({a}_l, lambda x: len(list_filter({a}_r, lambda y:"
        " damerau_levenshtein(x, y) <= {at} and regexp_replace(x, '[^0-9]', '', 'g')"
        " = regexp_replace(y, '[^0-9]', '', 'g') and regexp_replace(x, '[._-]', '', 'g')"
        " <> regexp_replace(y, '[._-]', '', 'g'))) > 0)) > 0",
        SPARK: "exists({a}_l, x -> exists({a}_r, y -> levenshtein(x, y) <= {at} + 1"
        " and regexp_replace(x, '[^0-9]', '') = regexp_replace(y, '[^0-9]', '')"
        " and regexp_replace(x, '[._-]', '') <> regexp_replace(y, '[._-]', '')))",
    },
    "one_edits": {
        DUCKDB: "list_min(list_transform({a}_l, lambda x: list_min(list_transform({a}_r,"
        " lambda y: levenshtein(x, y))))) <= {at}",
        SPARK: "exists({a}_l, x -> exists({a}_r, y -> levenshtein(x, y) <= {at}))",
    },
    "near": {
        DUCKDB: "(abs(cast({a}_l as double) - cast({a}_r as double)) <= {at}"
        " * greatest(abs(cast({a}_l as double)), abs(cast({a}_r as double))))"
    },
    "years_apart": {
        DUCKDB: "(abs(cast(left({a}_l, 4) as integer) - cast(left({a}_r, 4) as integer)) >= {at})",
    },
    "days_apart": {
        DUCKDB: "(abs(date_diff('day', cast({a}_l as date), cast({a}_r as date))) <= {at})",
        SPARK: "(abs(datediff(cast({a}_l as date), cast({a}_r as date))) <= {at})",
    },
    # Two digits that changed places are one slip. Spark counts them as two edits.
    "slips": {
        DUCKDB: "damerau_levenshtein({a}_l, {a}_r) <= {at}",
        SPARK: "levenshtein({a}_l, {a}_r) <= {at} + 1",
    },
    "one_slips": {
        DUCKDB: "list_min(list_transform({a}_l, lambda x: list_min(list_transform({a}_r,"
        " lambda y: damerau_levenshtein(x, y))))) <= {at}",
        SPARK: "exists({a}_l, x -> exists({a}_r, y -> levenshtein(x, y) <= {at} + 1))",
    },
    "else": {DUCKDB: "else"},
}

PHRASE = re.compile(r"^(not )?(\w+)(?:\(([^)]*)\))?$")


def condition(phrase: str, dialect: str) -> str:
    """The SQL of a level's phrase. Raises ModelError for a condition that does not exist."""
    return " and ".join(single(part, dialect) for part in parts(phrase))


def parts(phrase: str) -> list[str]:
    """The single conditions that a phrase joins by `and`."""
    return [part.strip() for part in phrase.split(" and ")]


def columns_of(phrase: str) -> set[str]:
    """The columns that a phrase compares."""
    found = (PHRASE.match(part) for part in parts(phrase))
    return {column for one in found if one for column in _arguments(one.group(3) or "")[0]}


def single(phrase: str, dialect: str) -> str:
    """The SQL of a condition that is not joined to others. Raises ModelError for an unknown one."""
    found = PHRASE.match(phrase)
    if not found or found.group(2) not in CONDITIONS:
        raise ModelError(
            f"unknown condition '{phrase}'", remedy=f"Known: {', '.join(sorted(CONDITIONS))}."
        )
    negated, name, arguments = found.groups()
    by_dialect = CONDITIONS[name]
    template = by_dialect.get(dialect, by_dialect[DUCKDB])
    columns, threshold = _arguments(arguments or "")
    filled = template
    for letter, column in zip("ab", columns, strict=False):
        filled = filled.replace("{" + letter + "}", column)
    filled = filled.replace("{at}", threshold)
    return f"not ({filled})" if negated else filled


def _arguments(written: str) -> tuple[list[str], str]:
    parts = [part.strip() for part in written.split(",") if part.strip()]
    columns = [part for part in parts if not re.match(r"^\d", part)]
    numbers = [part for part in parts if re.match(r"^\d", part)]
    return columns, numbers[0] if numbers else ""
