"""What holds for every text, and that what the book prints reads back."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from yearbook import numbers
from yearbook.lexer import Numeral, NumeralKind, Role, read
from yearbook.model import Language, Period, Qualifier
from yearbook.specimen import fact

_ALPHABET = (
    "0123456789,.%-–—:/ ()$¥½①Ⅳ１２，％ \n\u00a0abmkIVXs'"
    "〇零一二两三四五六七八九十百千万亿廿多余近约第首年月日个半成倍翻番分之上下至到”“点"
)
_WORDS = (
    "one two three twenty sixty-nine hundred thousand million dozen half third first second doubled"
    " and or to from between of more than over nearly about percent 5 1,020 2010 44.05 the a people"
    " yuan April May 16 24th A4 1980s decades - , ."
).split()
TEXTS = st.text(_ALPHABET, max_size=40) | st.lists(st.sampled_from(_WORDS)).map(" ".join)


@given(TEXTS, st.sampled_from(Language))
def test_numerals_stand_in_the_text(text: str, language: Language) -> None:
    """Numerals come in order, apart, inside the text, each with its own words."""
    end = 0
    for numeral in read(text, language):
        assert end <= numeral.start <= numeral.number_start
        assert numeral.number_start <= numeral.number_end <= numeral.end <= len(text)
        assert numeral.text == text[numeral.start : numeral.end]
        end = numeral.end


@given(TEXTS, st.sampled_from(Language))
def test_no_digit_is_missed(text: str, language: Language) -> None:
    """Every digit lies in a numeral or in its unit (km2)."""
    covered: set[int] = set()
    for numeral in read(text, language):
        covered.update(range(numeral.start, numeral.reach))
    assert {index for index, sign in enumerate(text) if sign.isdecimal()} <= covered


@given(st.text("〇零一二三四五六七八九十百千万亿", min_size=1, max_size=12))
def test_no_character_of_a_chinese_number_is_missed(text: str) -> None:
    """Without idioms every numeral character lies in a numeral."""
    covered = {i for n in read(text, Language.ZH) for i in range(n.start, n.reach)}
    assert covered == set(range(len(text)))


@given(TEXTS, st.sampled_from(Language))
def test_value_is_missing_only_where_none_is_told(text: str, language: Language) -> None:
    """Only vague numerals and codes have no value."""
    for numeral in read(text, language):
        valueless = numeral.kind in (NumeralKind.VAGUE, NumeralKind.CODE)
        assert (numeral.value is None) == valueless


def only(text: str, language: Language) -> Numeral:
    """The one numeral of a text."""
    (numeral,) = read(text, language)
    return numeral


@given(
    st.integers(1, 10**12) | st.integers(1, 10**6).map(lambda n: n * 1000),
    st.sampled_from(["person", "yuan"]),
    st.sampled_from(Qualifier),
    st.sampled_from(Language),
)
def test_reads_back_what_the_book_prints(
    value: int, unit: str, qualifier: Qualifier, language: Language
) -> None:
    """Hedge, value and unit of a printed figure are those of its fact."""
    form = numbers.form(fact("x", value, unit, qualifier), language)
    gap = " " if language is Language.EN else ""
    found = only(gap.join(filter(None, (form.before, form.number, form.unit))), language)
    assert (found.value, found.hedge, found.unit) == (Decimal(value), qualifier, form.unit)
    assert found.style is None


@given(st.integers(0, 99), st.sampled_from(Language))
def test_reads_back_words(value: int, language: Language) -> None:
    """A number in words is worth what it spells."""
    assert only(numbers.words(Decimal(value), language), language).value == value


@given(st.dates(date(1500, 1, 1), date(2199, 12, 31)), st.sampled_from(Language))
def test_reads_back_dates(day: date, language: Language) -> None:
    """A printed day is one date."""
    value = Decimal(str(day).replace("-", ""))
    found = only(numbers.date(value, language), language)
    assert (found.value, found.kind) == (value, NumeralKind.DATE)


@given(st.integers(1900, 2099), st.integers(1, 100), st.sampled_from(Language))
def test_reads_back_years(start: int, years: int, language: Language) -> None:
    """A printed range of years is its two years."""
    end = min(start + years, 2100)
    printed = numbers.period(Period(str(start), str(end)), language)
    first, last = read(printed, language)
    assert (first.value, first.role) == (Decimal(start), Role.START)
    assert (last.value, last.role) == (Decimal(end), Role.END)
    assert first.kind is last.kind is NumeralKind.YEAR


@given(st.integers(1, 11), st.integers(1, 11), st.sampled_from(Language))
def test_reads_back_months(start: int, length: int, language: Language) -> None:
    """A printed range of months is its two months, each with its year."""
    end = min(start + length, 12)
    period = Period(f"2010-{start:02}", f"2010-{end:02}")
    values = [201000 + start, 201000 + end]
    assert [n.value for n in read(numbers.period(period, language), language)] == values
    assert [n.value for n in read(numbers.span(period), language)] == values


@given(st.integers(1, 9999), st.sampled_from(Language))
def test_reads_back_ordinals(value: int, language: Language) -> None:
    """A printed ordinal number is that ordinal."""
    form = numbers.form(fact("x", value, "group"), language)
    found = only(f"{form.number}{form.unit}", language)
    assert (found.value, found.kind) == (Decimal(value), NumeralKind.ORDINAL)


@given(st.decimals(0, 1000, places=2), st.sampled_from(Language))
def test_reads_back_percentages(value: Decimal, language: Language) -> None:
    """A printed percentage is that percentage."""
    found = only(numbers.percent(value), language)
    assert (found.value, found.kind) == (value, NumeralKind.PERCENT)


def english(value: int) -> str:
    """A number below a billion in English words."""
    for scale, word in ((10**6, "million"), (10**3, "thousand"), (100, "hundred")):
        if value >= scale:
            rest = value % scale
            joint = " and " if 0 < rest < 100 else " "
            tail = joint + english(rest) if rest else ""
            return f"{english(value // scale)} {word}{tail}"
    return numbers.words(Decimal(value), Language.EN)


def chinese(value: int) -> str:
    """A number below a billion in Chinese characters."""
    for scale, word in ((10**8, "亿"), (10**4, "万")):
        if value >= scale:
            rest = value % scale
            gap = "零" if 0 < rest < scale // 10 else ""
            return chinese(value // scale) + word + (gap + chinese(rest) if rest else "")
    out, skipped = "", False
    for scale, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // scale % 10
        if digit:
            out += ("零" if skipped and out else "") + "〇一二三四五六七八九"[digit] + word
        skipped = not digit
    return out or "零"


@given(st.integers(0, 10**9 - 1))
def test_reads_back_long_numbers_in_words(value: int) -> None:
    """Any number spelled in full is worth what it spells, in both languages."""
    assert only(english(value), Language.EN).value == value
    assert only(chinese(value), Language.ZH).value == value
