"""One cell: a number, a period, a day, a word; each read exactly or refused with a hint."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.edits import bilingual
from yearbook.finding import Finding
from yearbook.model import Cell, Period, Place, Qualifier
from yearbook.read import values
from yearbook.specimen import UNITS

PLACE = Place("x.csv", 2, 3, "B2")


def cell(text: str) -> Cell:
    """A cell that holds a text."""
    return Cell(text, PLACE)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("437", "437"), ("4,830", "4830"), ("1,234,567.50", "1234567.50"), ("-3.0", "-3.0")],
)
def test_number(typed: str, value: str) -> None:
    """Plain numbers and numbers with separators, their written precision kept."""
    read = values.number(cell(typed))
    assert isinstance(read, Decimal)
    assert str(read) == value


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("7.2万", "72000 (not 7.2万)"),
        ("44.05 million", "44050000 (not 44.05 million)"),
        ("3200多", "under qualifier"),
        (">600", "under qualifier"),
        ("about 50", "under qualifier"),
        ("近50", "under qualifier"),
        ("约50", "under qualifier"),
        ("超过600", "under qualifier"),
        ("12人", "digits only"),
        ("7,2000", "digits only"),
        ("1e5", "digits only"),
        ("0x10", "digits only"),
        ("1_000", "digits only"),
        ("NaN", "digits only"),
        ("Infinity", "digits only"),
        (".5", "digits only"),
        ("5.", "digits only"),
        ("４３７", "digits only"),
        ("٤٣٧", "digits only"),
        ("", "digits only"),
    ],
)
def test_no_number(typed: str, hint: str) -> None:
    """What is no plain number is refused at its cell, with the hint that fits."""
    found = values.number(cell(typed))
    assert isinstance(found, Finding)
    assert (found.rule, found.place) == ("value", PLACE)
    assert hint in found.hint.en
    assert bilingual(found.what)
    assert bilingual(found.hint)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2))
def test_number_round_trip(value: Decimal) -> None:
    """A number that we print is read as the same number, with and without separators."""
    for typed in (f"{value:f}", f"{value:,f}"):
        assert values.number(cell(typed)) == value


@given(st.text(max_size=8))
@example("²")
@example("１2")
def test_never_raises(text: str) -> None:
    """Whatever a cell holds, it gives a value or a finding."""
    for read in (
        values.number(cell(text)),
        values.period(cell(text)),
        values.measured(cell(text), UNITS["date"]),
    ):
        assert isinstance(read, Decimal | Period | Finding)


@given(st.integers(1, 9999), st.integers(0, 13), st.integers(0, 32))
@example(1900, 2, 29)
@example(2000, 2, 29)
def test_day(year: int, month: int, day: int) -> None:
    """A day is a day exactly where the calendar has it."""
    typed = f"{year:04}-{month:02}-{day:02}"
    try:
        date.fromisoformat(typed)
    except ValueError:
        assert not values.day(typed)
    else:
        assert values.day(typed)


def test_date() -> None:
    """A date is held as yyyymmdd; a number in its place is refused, and the other way round."""
    assert values.measured(cell("2010-04-16"), UNITS["date"]) == 20100416
    for typed, unit in (("20100416", "date"), ("2010-4-16", "date"), ("2010-04-16", "person")):
        assert isinstance(values.measured(cell(typed), UNITS[unit]), Finding)


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("2010", ("2010", "2010")),
        ("1986-2010", ("1986", "2010")),
        ("1986–2010", ("1986", "2010")),
        ("1986—2010", ("1986", "2010")),
        ("1986/2010", ("1986", "2010")),
        ("2010-04", ("2010-04", "2010-04")),
        ("2010-04/2010-12", ("2010-04", "2010-12")),
        ("2010-04-16", ("2010-04-16", "2010-04-16")),
        ("2009-12-31/2010-01-02", ("2009-12-31", "2010-01-02")),
    ],
)
def test_period(typed: str, period: tuple[str, str]) -> None:
    """Every form of a period, and it is written as it was read."""
    read = values.period(cell(typed))
    assert read == Period(*period)
    assert values.period(cell(str(read))) == read


@pytest.mark.parametrize(
    "typed",
    "|201|20100|2010-1986|2010-13|2010-00|2010/2010-04|2010-02-30|2010年|last year|2010/|/2010|"
    "2010-04-16-17|２０１０".split("|"),
)
def test_no_period(typed: str) -> None:
    """What is no period, or ends before it begins, is refused at its cell."""
    found = values.period(cell(typed))
    assert isinstance(found, Finding)
    assert (found.rule, found.place) == ("period", PLACE)
    assert bilingual(found.hint)


def test_choice() -> None:
    """A word of a fixed set; blank is the default; another is refused with a suggestion."""
    assert values.choice(cell(""), Qualifier, Qualifier.EXACT) is Qualifier.EXACT
    assert values.choice(cell("nearly"), Qualifier, Qualifier.EXACT) is Qualifier.NEARLY
    found = values.choice(cell("more than"), Qualifier, Qualifier.EXACT)
    assert isinstance(found, Finding)
    assert (found.rule, found.hint.en) == ("unknown", 'did you mean "more_than"?')
