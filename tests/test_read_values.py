"""One cell: a number, a period, a day, a word; each read exactly or refused with a hint."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.edits import bilingual
from yearbook.finding import Finding
from yearbook.model import Cell, Kind, Period, Place, Qualifier, Text
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
        ("2010-01", ("2010-01", "2010-01")),
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
    assert found.what == Text('the word "more than" is not known', "值“more than”未定义")


@pytest.mark.parametrize("year", [1900, 2000, 2010, 2012])
def test_calendar(year: int) -> None:
    """Every day of the calendar is one, and no other."""
    first = date(year, 1, 1).toordinal()
    days = {date.fromordinal(first + n).isoformat() for n in range(366)}
    for month in range(14):
        for number in range(33):
            text = f"{year}-{month:02}-{number:02}"
            assert values.day(text) == (text in days), text


def hinted(read: object) -> tuple[Text, Text]:
    """What is said of a cell that is refused, in both languages."""
    assert isinstance(read, Finding)
    assert read.place == PLACE
    return read.what, read.hint


def test_minus() -> None:
    """A minus sign of typesetters is a minus sign."""
    assert values.number(cell("\u22125,000.5")) == Decimal("-5000.5")


@pytest.mark.parametrize(
    ("typed", "value"),
    [("12.5%", "12.5"), ("-3 ％", "-3"), ("7 %", "7"), ("1,000", "1000"), ("12", "12")],
)
def test_share(typed: str, value: str) -> None:
    """A sign of per cent typed after a share is its unit; the same after people is a fault."""
    share = replace(UNITS["person"], id="percent", zh="%")
    assert values.measured(cell(typed), share) == Decimal(value)
    if typed[-1] in "%％":
        assert isinstance(values.measured(cell(typed), UNITS["person"]), Finding)


@pytest.mark.parametrize("typed", ["1986", "1986年", "1986.0", "1986.00"])
def test_year_as_a_value(typed: str) -> None:
    """A year in a column of figures may be written as people write years."""
    year = replace(UNITS["person"], id="year", kind=Kind.YEAR)
    assert values.measured(cell(typed), year) == Decimal(1986)


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        *(("2010/4/6", "2010-04-06"), ("2010.4.16", "2010-04-16"), ("2010-4-16", "2010-04-16")),
        *(("2010年4月6日", "2010-04-06"), ("2010年4月6", "2010-04-06"), ("2010年4月", "2010-04")),
        *(("2010/4", "2010-04"), ("2010.12", "2010-12")),
    ],
)
def test_dates_of_excel(typed: str, iso: str) -> None:
    """A date as Excel and people write it is refused with the day it seems to be."""
    hint = Text(
        f"if Excel turned it into a date: set the cell to Text and type {iso}",
        f"如系Excel转成的日期：请把单元格设为“文本”，再填写{iso}",
    )
    day = replace(UNITS["person"], id="day", kind=Kind.DATE)
    assert hinted(values.period(cell(typed))) == (
        Text(f'"{typed}" is not a period', f"“{typed}”不是时期"),
        hint,
    )
    assert hinted(values.measured(cell(typed), day)) == (
        Text(f'"{typed}" is not a date', f"“{typed}”不是日期"),
        hint,
    )


@pytest.mark.parametrize("typed", ["soon", "2010/13", "2010/2/30", "10/4/6", "2010-2012-2014"])
def test_no_date(typed: str) -> None:
    """What is no date at all is told how one is written."""
    day = replace(UNITS["person"], id="day", kind=Kind.DATE)
    assert hinted(values.period(cell(typed)))[1] == Text(
        "write 2010, 1986-2010, 2010-04/2010-12 or 2010-04-16",
        "请填写2010、1986-2010、2010-04/2010-12或2010-04-16",
    )
    assert hinted(values.measured(cell(typed), day))[1] == Text(
        "write year-month-day: 2010-04-16", "请按年-月-日填写：2010-04-16"
    )


def test_scale_words() -> None:
    """A number to divide by is above zero."""
    assert values.scale(cell("0.5")) == Decimal("0.5")
    for typed in ("0", "-1"):
        found = values.scale(cell(typed))
        assert isinstance(found, Finding)
        assert found.rule == "value"
        assert hinted(found) == (
            Text("the scale must be above zero", "换算系数须大于零"),
            Text("write 1 to print figures as they are", "不换算请填1"),
        )


@pytest.mark.parametrize("braces", ["{{ a }}", "{% if %}", "{# x #}"])
def test_unfilled(braces: str) -> None:
    """Braces in a name are refused; a brace alone is none."""
    (found,) = values.unfilled([cell(braces), cell("a { b }")])
    assert hinted(found) == (
        Text("braces are not filled in here", "此处不能使用花括号模板"),
        Text(
            "write the name itself; labels, titles and notes may ask for figures",
            "请直接填写名称；只有标签、标题和注释可以引用数据",
        ),
    )
    assert found.rule == "template"


@pytest.mark.parametrize(
    ("name", "share"),
    [
        *(("%", True), ("a %", True), ("per cent", True), ("percent", True)),
        *(("Percent", False), ("cent", False), ("per", False)),
    ],
)
def test_per_cent(name: str, share: bool) -> None:
    """A unit counts in per cent if any of its names says so."""
    unit = replace(UNITS["person"], one="a", other="a", zh="人", en_name="", zh_name="", id="a")
    assert not values.per_cent(unit)
    for field in ("id", "one", "other", "zh", "en_name", "zh_name"):
        given: dict[str, Any] = {field: name}
        assert values.per_cent(replace(unit, **given)) == share
    assert values.per_cent(replace(unit, zh="％"))
