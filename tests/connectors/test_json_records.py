from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from unify.connector import SetAside
from unify.errors import ConnectorError
from unify_connectors.json_records import JsonRecords
from unify_connectors.json_values import BadJson, values_in

ONE = '{"name": "Anna", "email": "a@x.it"}'


def _read(folder: Path, text: str | bytes) -> tuple[list[dict[str, Any]], list[SetAside]]:
    file = folder / "people.json"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    batches = list(JsonRecords(file).read())
    rows = [row for batch in batches for row in batch.records.to_pylist()]
    return rows, [aside for batch in batches for aside in batch.set_aside]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('"Nicolò"', {"c": "Nicolò"}),
        ('"Nicol\\u00f2"', {"c": "Nicolò"}),
        ("393331234567.0", {"c": "393331234567"}),
        ("1.50", {"c": "1.50"}),
        ("12345678901234567890123", {"c": "12345678901234567890123"}),
        ("true", {"c": "true"}),
        ('{"city": "Forlì", "geo": {"x": 1}}', {"c.city": "Forlì", "c.geo": '{"x": "1"}'}),
        ('["a", null, "b"]', {"c": "a; b"}),
        ('[{"value": "a@x.it", "type": "work"}, {"value": "b@x.it"}]', {"c.value": "a@x.it; b@x.it", "c.type": "work"}),
        ('[1, {"x": 1}]', {"c": '1; {"x": "1"}'}),
        ("[]", {}),
        ("null", {}),
        ('" "', {}),
    ],
)  # fmt: skip
def test_a_value_is_text(tmp_path: Path, value: str, expected: dict[str, str]) -> None:
    (row,), aside = _read(tmp_path, f'{{"id": "1", "c": {value}}}')
    assert row == {"id": "1", **expected}
    assert aside == []


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE}\n{ONE}\n",
        f"{ONE}\r\n\r\n{ONE}",
        f"[{ONE}, {ONE}]",
        f"[\n  {ONE},\n  {ONE}\n]\n",
        json.dumps([json.loads(ONE)] * 2, indent=4),
        json.dumps(json.loads(ONE), indent=4) * 2,
        f"\ufeff{ONE}\n{ONE}",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_lines_and_arrays(tmp_path: Path, text: str, encoding: str) -> None:
    rows, aside = _read(tmp_path, text.encode(encoding))
    assert rows == [json.loads(ONE)] * 2
    assert aside == []


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ('{"name": "Anna', "no JSON"),
        ('{"name": Anna}', "no JSON"),
        ("rubbish", "no JSON"),
        ('"text"', "no JSON object"),
        ("[1, 2]", "no JSON object"),
        ('{"name": null}', "an empty object"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_bad_line_is_set_aside_and_the_others_are_read(
    tmp_path: Path, bad: str, reason: str
) -> None:
    rows, (aside,) = _read(tmp_path, f"{ONE}\n{bad}\n{ONE}\n")
    assert rows == [json.loads(ONE)] * 2
    assert (aside.location, aside.reason) == ("people.json record 2", reason)
    assert len(aside.content) <= 2_000


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_values_do_not_depend_on_the_pieces(size: int) -> None:
    text = '[{"a": "x\\u00f2\\"}", "b": [1.25, true]}, 12, null, "y"]'
    pieces = (text[i : i + size] for i in range(0, len(text), size))
    assert list(values_in(pieces)) == [{"a": 'xò"}', "b": ["1.25", True]}, "12", None, "y"]


@pytest.mark.parametrize(
    "text", ['{"a": "' + "x" * 20_000_000, "x" * 20_000_000, "[" + '{"a":1 ' * 1_000_000]
)
def test_what_never_ends_is_held_in_part(text: str) -> None:
    pieces = (text[i : i + (1 << 20)] for i in range(0, len(text), 1 << 20))
    assert all(isinstance(value, BadJson) for value in values_in(pieces))


def test_a_file_without_an_object_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConnectorError, match="no JSON object"):
        _read(tmp_path, "Nome;Cognome\nAnna;Rossi\n")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{ONE}\n{ONE}\n", True),
        (f"[{ONE}]", True),
        (f"[{ONE}, " * 10_000, True),
        (ONE, True),
        (json.dumps({"name": "package", "version": "1"}, indent=2), False),
        ('["vcard", [["version", {}, "text", "4.0"]]]', False),
        ('{"a": 1}\n{"a": 2}\n', False),
        ("[1, 2, 3]", False),
        ("Nome;Cognome", False),
        ("", False),
    ],
)
def test_records_are_found_by_their_content(tmp_path: Path, text: str, found: bool) -> None:
    (tmp_path / "export.txt").write_text(text, encoding="utf-8")
    assert len(list(JsonRecords.find(str(tmp_path / "export.txt")))) == found
