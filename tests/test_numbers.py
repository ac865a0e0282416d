"""Figures in words of each language: exact, as Babel writes them, and read back by our lexers."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_decimal
from hypothesis import assume, example, given
from hypothesis import strategies as st

from yearbook import lexer, numbers
from yearbook.lexer import NumeralKind
from yearbook.model import Kind, Language, Period, Place, Qualifier, Unit
from yearbook.numbers import NBSP
from yearbook.specimen import fact

EN, ZH = Language.EN, Language.ZH
WHOLE = st.integers(0, 10**12 - 1).map(Decimal)
ROUND = st.builds(
    lambda digits, power: Decimal(digits * 10**power), st.integers(1, 99999), st.integers(0, 8)
)


def printed(form: numbers.Form) -> str:
    """A form as running text."""
    blank = " " if form.before.isascii() and form.before else ""
    gap = " " if form.unit.isascii() and form.unit else ""
    return f"{form.before}{blank}{form.number}{gap}{form.unit}".replace(NBSP, " ")


@given(st.decimals(-(10**12), 10**12, places=2) | WHOLE)
def test_english_separators(value: Decimal) -> None:
    """English digits are grouped as Babel groups them, with a true minus sign."""
    pattern = "#,##0" if value == value.to_integral_value() else "#,##0.00"
    wanted = format_decimal(numbers.trimmed(value) if pattern == "#,##0" else value, pattern, "en")
    given_digits = numbers.grouped(numbers.trimmed(value) if pattern == "#,##0" else value, EN)
    assume(value != 0)
    assert given_digits == wanted.replace("-", "−")


@given(WHOLE | ROUND)
@example(Decimal(72000))
@example(Decimal(9999))
@example(Decimal(10000))
@example(Decimal(123_456_789))
def test_chinese_scales(value: Decimal) -> None:
    """Where 万 or 亿 is exact with two decimals, it is what Babel writes; elsewhere all digits."""
    assume(value < 10**12)  # Babel goes on to 万亿
    scaled = numbers.scaled(value, Kind.COUNT, ZH)
    written = numbers.text(scaled.digits) + scaled.scale
    babel = format_compact_decimal(value, locale="zh", fraction_digits=2)
    if not scaled.scale:
        assert written == str(value)
        assert value < 10_000 or value % 100
    elif scaled.scale == babel[-1]:
        assert written == babel
    else:
        assert value % 1_000_000
        assert Decimal(written.removesuffix("万")) * 10_000 == value


@given(WHOLE | ROUND | st.decimals(0, 10**9, places=2), st.sampled_from(Kind))
def test_scales_are_exact(value: Decimal, kind: Kind) -> None:
    """Digits times scale is the value, never rounded."""
    factors = {"": 1, "million": 10**6, "万": 10**4, "亿": 10**8}
    for language in Language:
        scaled = numbers.scaled(value, kind, language)
        assert scaled.digits * factors[scaled.scale] == value


@given(st.integers(0, 10**6))
def test_ordinals(number: int) -> None:
    """English ordinals follow the plural rules of the CLDR."""
    endings = {"one": "st", "two": "nd", "few": "rd", "other": "th"}
    wanted = f"{number}{endings[Locale('en').ordinal_form(number)]}"
    assert numbers.ordinal(Decimal(number)) == wanted


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_dates(day: date) -> None:
    """Days are written as Babel writes them."""
    value = Decimal(f"{day:%Y%m%d}")
    assert numbers.date(value, EN).replace(NBSP, " ") == format_date(day, "d MMMM y", "en")
    assert numbers.date(value, ZH) == format_date(day, "y年M月d日", "zh")


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "en", "zh"),
    [
        (72000, "person", "exact", "72,000 people", "7.2万人"),
        (1, "person", "exact", "1 person", "1人"),
        (0, "person", "exact", "0 people", "0人"),
        (4830, "person", "exact", "4,830 people", "4830人"),
        (99999, "person", "exact", "99,999 people", "99999人"),
        (44_050_000, "yuan", "exact", "44.05 million yuan", "4405万元"),
        (150_000, "yuan", "exact", "150,000 yuan", "15万元"),
        (999_999, "yuan", "exact", "999,999 yuan", "999999元"),
        (1_000_000_000, "yuan", "exact", "1,000 million yuan", "10亿元"),
        (3200, "person", "more_than", "more than 3,200 people", "3200多人"),
        (600, "person", "more_than", "more than 600 people", "600多人"),
        (61, "person", "more_than", "more than 61 people", "超过61人"),
        (50_000, "person", "more_than", "more than 50,000 people", "5万多人"),
        (100_000, "person", "more_than", "more than 100,000 people", "10万多人"),
        (75_000, "person", "more_than", "more than 75,000 people", "超过7.5万人"),
        (30_000_000, "yuan", "more_than", "more than 30 million yuan", "3000多万元"),
        (2_500_000, "yuan", "more_than", "more than 2.5 million yuan", "250多万元"),
        (50, "person", "nearly", "nearly 50 people", "近50人"),
        (50, "person", "about", "about 50 people", "约50人"),
        (50, "person", "at_least", "at least 50 people", "至少50人"),
        (50, "person", "at_most", "at most 50 people", "至多50人"),
        (24, "group", "exact", "24th", "第24届"),
        (1986, "year", "exact", "1986", "1986年"),
        (1986, "year", "about", "about 1986", "约1986年"),
        (20100416, "date", "exact", "16 April 2010", "2010年4月16日"),
    ],
)
def test_form(value: int, unit: str, qualifier: str, en: str, zh: str) -> None:
    """Hedge, number and unit as prose prints them."""
    figure = fact("x", value, unit, qualifier)
    assert printed(numbers.form(figure, EN)) == en
    assert printed(numbers.form(figure, ZH)) == zh


def test_noun() -> None:
    """Another noun takes the place of the unit's word; an empty one leaves the number bare."""
    figure = fact("x", 3200, qualifier="more_than")
    assert printed(numbers.form(figure, ZH, "家")) == "3200多家"
    assert printed(numbers.form(figure, EN, "institutes")) == "more than 3,200 institutes"
    assert printed(numbers.form(figure, EN, "")) == "more than 3,200"
    assert printed(numbers.form(fact("x", 24, "group"), EN, "group")) == "24th group"


def test_measure() -> None:
    """A measure with another Chinese unit is printed in that unit: two decades, 20年."""
    place = Place("data/units.csv")
    one, tenth = Decimal(1), Decimal("0.1")
    decade = Unit("d", Kind.MEASURE, "decade", "decades", "年", one, "decades", tenth, "年", place)
    two = replace(fact("x", 2), unit=decade)
    assert printed(numbers.form(two, ZH)) == "20年"
    assert printed(numbers.form(two, EN)) == "2 decades"


@given(
    ROUND | st.integers(1, 10**9).map(Decimal),
    st.sampled_from(Qualifier),
    st.sampled_from(["person", "yuan"]),
    st.sampled_from(Language),
)
def test_read_back(value: Decimal, qualifier: Qualifier, unit: str, language: Language) -> None:
    """What is printed is read back by the lexer of its language as the same value and hedge."""
    text = printed(numbers.form(fact("x", str(value), unit, qualifier), language))
    (numeral,) = lexer.read(text, language)
    assert (numeral.value, numeral.hedge) == (value, qualifier)


@pytest.mark.parametrize("language", Language)
def test_words_read_back(language: Language) -> None:
    """Every small number in words is read back as that number."""
    for number in range(100):
        word = numbers.words(Decimal(number), language)
        text = f"{word} people" if language is EN else f"{word}级"
        (numeral,) = lexer.read(text, language)
        assert (numeral.value, numeral.kind) == (Decimal(number), NumeralKind.CARDINAL), text


@pytest.mark.parametrize("value", ["100", "-1", "1.5"])
def test_no_words(value: str) -> None:
    """What has no small whole number refuses to be put in words."""
    for language in Language:
        with pytest.raises(numbers.NumberError):
            numbers.words(Decimal(value), language)


@pytest.mark.parametrize(
    ("start", "end", "en", "zh", "short"),
    [
        ("2010", "2010", "2010", "2010年", "2010"),
        ("1986", "2010", "1986 to 2010", "1986—2010年", "1986–2010"),
        ("2010-04", "2010-04", "April 2010", "2010年4月", "2010.4"),
        ("2010-04", "2010-12", "April to December 2010", "2010年4—12月", "2010.4–12"),
        (
            "2009-11",
            "2010-02",
            "November 2009 to February 2010",
            "2009年11月至2010年2月",
            "2009.11–2010.2",
        ),
        ("2010-04-16", "2010-04-16", "16 April 2010", "2010年4月16日", "2010.4.16"),
        (
            "2010-04-16",
            "2010-05-02",
            "16 April 2010 to 2 May 2010",
            "2010年4月16日至2010年5月2日",
            "2010.4.16–5.2",
        ),
    ],
)
def test_periods(start: str, end: str, en: str, zh: str, short: str) -> None:
    """Every kind of period, in running text and in a narrow head."""
    period = Period(start, end)
    assert numbers.period(period, EN).replace(NBSP, " ") == en
    assert numbers.period(period, ZH) == zh
    assert numbers.span(period) == short


def test_years_have_no_separator() -> None:
    """A year is never grouped, in neither language, neither in text nor in a table."""
    for language in Language:
        assert "," not in printed(numbers.form(fact("x", 1986, "year"), language))
        assert numbers.tabular(fact("x", 1986, "year"), Decimal(1), language) == "1986"


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "factor", "en", "zh"),
    [
        (44_050_000, "yuan", "exact", 1_000_000, "44.05", "44.05"),
        (44_050_000, "yuan", "exact", 10_000, "4,405", "4405"),
        (8_060_000, "yuan", "exact", 10_000, "806", "806"),
        (30_000_000, "yuan", "more_than", 1_000_000, ">30", ">30"),
        (50, "person", "nearly", 1, "<50", "<50"),
        (50, "person", "about", 1, "≈50", "≈50"),
        (50, "person", "at_least", 1, "≥50", "≥50"),
        (50, "person", "at_most", 1, "≤50", "≤50"),
        (24, "group", "exact", 1, "24th", "第24"),
        (20101103, "date", "exact", 1, "3 November 2010", "2010年11月3日"),
    ],
)
def test_tabular(value: int, unit: str, qualifier: str, factor: int, en: str, zh: str) -> None:  # noqa: PLR0913, PLR0917
    """Figures in a table: scaled, hedged by a sign."""
    figure = fact("x", value, unit, qualifier)
    assert numbers.tabular(figure, Decimal(factor), EN).replace(NBSP, " ") == en
    assert numbers.tabular(figure, Decimal(factor), ZH) == zh


def test_every_hedge_has_words() -> None:
    """Every qualifier has its words and its sign, each its own."""
    assert set(numbers.HEDGES) == set(numbers.SYMBOLS) == set(Qualifier)
    assert len(set(numbers.HEDGES.values())) == len(set(numbers.SYMBOLS.values())) == len(Qualifier)
