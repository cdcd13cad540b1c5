import pytest
from hypothesis import given
from hypothesis import strategies as st

from unify.standards.dates import instant, standardise


@pytest.mark.parametrize(
    ("written", "order", "value"),
    [
        ("1975-03-12", "dmy", "1975-03-12"),
        ("1975/3/12", "mdy", "1975-03-12"),
        ("12/03/1975", "dmy", "1975-03-12"),
        ("12/03/1975", "mdy", "1975-12-03"),
        ("12.03.1975", "dmy", "1975-03-12"),
        ("12-3-75", "dmy", "1975-03-12"),
        ("12/3/05", "dmy", "2005-03-12"),
        ("75-03-12", "ymd", "1975-03-12"),
        ("12 marzo 1975", "dmy", "1975-03-12"),
        ("12-mar-75", "dmy", "1975-03-12"),
        ("1° maggio 1980", "dmy", "1980-05-01"),
        ("lunedì 3 marzo 2020", "dmy", "2020-03-03"),
        ("March 12, 1975", "mdy", "1975-03-12"),
        ("12th March 1975", "mdy", "1975-03-12"),
        ("3. Mai 1990", "dmy", "1990-05-03"),
        ("19560409", "dmy", "1956-04-09"),
        ("12031975", "dmy", "1975-03-12"),
        ("27465", "dmy", "1975-03-12"),
        ("2024-03-01T10:22:33Z", "dmy", "2024-03-01"),
        ("01/03/2024 10:22", "dmy", "2024-03-01"),
        ("1975-03-12 00:00:00.000", "dmy", "1975-03-12"),
        ("3/25/2000", "dmy", "2000-03-25"),
        ("29/02/2000", "dmy", "2000-02-29"),
        ("12/31/80", "mdy", "1980-12-31"),
        ("13/3/1980", "mdy", "1980-03-13"),
        ("31-DIC-1980", "dmy", "1980-12-31"),
        ("31 Dic. '80", "dmy", "1980-12-31"),
        ("Dec 31 80", "mdy", "1980-12-31"),
        ("24 de diciembre de 1990", "dmy", "1990-12-24"),
        ("24. Dezember 1990", "dmy", "1990-12-24"),
        ("1er janvier 1990", "dmy", "1990-01-01"),
        ("31/XII/1980", "dmy", "1980-12-31"),
        ("31\\12\\1980", "dmy", "1980-12-31"),
        ("311280", "dmy", "1980-12-31"),
        ("nato il 31/12/1980", "dmy", "1980-12-31"),
        ("31/12/1980 (RM)", "dmy", "1980-12-31"),
        ("gio 31/12/1980", "dmy", "1980-12-31"),
        ("Thu, 31 Dec 1980", "dmy", "1980-12-31"),
        ("Sat Mar 01 2024", "mdy", "2024-03-01"),
        ("29586.0", "dmy", "1980-12-31"),
        ("44197", "dmy", "2021-01-01"),
        ("31/12/1980 0.00.00", "dmy", "1980-12-31"),
        ("1/1/30", "dmy", "1930-01-01"),
        ("１２/０３/１９７５", "dmy", "1975-03-12"),
    ],
)
def test_a_day_is_read(written, order, value):
    assert standardise(written, order=order).value == value


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("01/01/1900", "a placeholder"),
        ("0.0.00", "a placeholder"),
        ("0000-00-00", "a placeholder"),
        ("31/12/9999", "a placeholder"),
        ("1753-01-01", "a placeholder"),
        ("00001", "a placeholder"),
        ("31/02/2000", "no such day"),
        ("99/99/9999", "no such day"),
        ("29/02/1900", "no such day"),
        ("31/04/1980", "no such day"),
        ("2/3/1780", "no such day"),
        ("99999", "no such day"),
        ("12/1980", "not a date"),
        ("31/12/19800", "not a date"),
        ("29/02/1999", "no such day"),
        ("13/25/2000", "no such day"),
        ("1975", "not a date"),
        ("ieri", "not a date"),
        ("n.d.", "empty"),
        (None, "empty"),
    ],
)
def test_what_is_no_day_says_why(written, reason):
    date = standardise(written, order="dmy")
    assert (date.value, date.reason) == (None, reason)


@pytest.mark.parametrize(
    ("written", "order", "moment"),
    [
        ("2024-03-01T10:22:33Z", "dmy", "2024-03-01T10:22:33Z"),
        ("2024-03-01T10:22:33+01:00", "dmy", "2024-03-01T09:22:33Z"),
        ("01/03/2024 10:22", "dmy", "2024-03-01T10:22:00Z"),
        ("3/1/24 10:22 PM", "mdy", "2024-03-01T22:22:00Z"),
        ("45352.5", "dmy", "2024-03-01T12:00:00Z"),
        ("1709288553", "dmy", "2024-03-01T10:22:33Z"),
        ("1709288553123", "dmy", "2024-03-01T10:22:33Z"),
        ("01/03/2024", "dmy", "2024-03-01T00:00:00Z"),
        ("boh", "dmy", None),
        (None, "dmy", None),
    ],
)
def test_a_moment_is_read(written, order, moment):
    assert instant(written, order=order) == moment


_DAYS = st.dates().map(str) | st.text("0123456789/-.: TZmarzo", max_size=20) | st.text()


@given(_DAYS, st.sampled_from(["dmy", "mdy", "ymd"]))
def test_a_standard_day_is_its_own_standard(text, order):
    value = standardise(text, order=order).value
    if value:
        assert standardise(value, order=order).value == value
    moment = instant(text, order=order)
    if moment:
        assert instant(moment, order=order) == moment
