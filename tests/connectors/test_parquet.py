from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from unify.errors import ConnectorError
from unify_connectors.parquet import Parquet


def _read(folder: Path, **columns: Any) -> list[dict[str, Any]]:
    file = folder / "people.parquet"
    pq.write_table(pa.table(columns), file)
    return [row for batch in Parquet(file).read() for row in batch.records.to_pylist()]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (393331234567.0, {"c": "393331234567"}),
        (1.5, {"c": "1.5"}),
        (1e30, {"c": "1e+30"}),
        (Decimal("1.10"), {"c": "1.10"}),
        (12, {"c": "12"}),
        (" 0039 ", {"c": "0039"}),
        ("", {"c": None}),
        (True, {"c": "true"}),
        (date(1980, 3, 2), {"c": "1980-03-02"}),
        (datetime(1980, 3, 2), {"c": "1980-03-02"}),
        (datetime(1980, 3, 2, 10, 11, 12), {"c": "1980-03-02T10:11:12"}),
        (datetime(1980, 3, 2, 10, 11, 12, tzinfo=UTC), {"c": "1980-03-02T10:11:12Z"}),
        (b"Nicol\xc3\xb2", {"c": "Nicolò"}),
        (b"\xff\x00", {"c": "ff00"}),
        ({"city": "Forlì", "geo": {"x": 1}}, {"c.city": "Forlì", "c.geo": '{"x":1}'}),
        (["a", None, "b"], {"c": "a; b"}),
        ([1.0, 2.5], {"c": "1; 2.5"}),
        ([{"value": "a@x.it", "type": "work"}, {"value": "b@x.it", "type": None}], {"c.value": "a@x.it; b@x.it", "c.type": "work"}),
        ([[1], [2]], {"c": "[1]; [2]"}),
    ],
)  # fmt: skip
def test_a_value_is_text(tmp_path: Path, value: Any, expected: dict[str, str | None]) -> None:
    assert _read(tmp_path, c=[value]) == [expected]


def test_odd_and_repeated_names(tmp_path: Path) -> None:
    (row,) = _read(tmp_path, **{'we"ird': ["1"], "a.b": ["2"], "a": [{"b": "3"}], "": ["4"]})
    assert list(row.values()) == ["1", "2", "3", "4"]
    assert list(row)[:3] == ['we"ird', "a.b", "a.b_2"]


def test_rows_have_their_number_and_no_rows_have_columns(tmp_path: Path) -> None:
    file = tmp_path / "people.pq"
    pq.write_table(pa.table({"name": [str(n) for n in range(45_000)]}), file)
    locations = [
        place for batch in Parquet(tmp_path).read() for place in batch.locations.to_pylist()
    ]
    assert (locations[0], locations[-1], len(set(locations))) == (
        "people.pq row 1",
        "people.pq row 45000",
        45_000,
    )
    pq.write_table(pa.table({"name": pa.array([], pa.string())}), file)
    (batch,) = Parquet(file).read()
    assert (batch.records.num_rows, batch.records.schema.names) == (0, ["name"])


def test_it_is_found_by_its_content(tmp_path: Path) -> None:
    pq.write_table(pa.table({"a": ["1"], "b": ["2"]}), tmp_path / "export")
    (tmp_path / "cut.parquet").write_bytes((tmp_path / "export").read_bytes()[:60])
    (finding,) = Parquet.find(str(tmp_path / "export"))
    assert finding.what == "Parquet with 2 columns"
    assert list(Parquet.find(str(tmp_path / "cut.parquet"))) == []
    with pytest.raises(ConnectorError, match="damaged"):
        list(Parquet(tmp_path / "cut.parquet").read())
