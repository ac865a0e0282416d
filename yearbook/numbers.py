"""Decimal in, the wording of each language out; exact or an error, never rounded in silence.

English follows the usual style of official English publications (separators from four digits,
amounts of money in millions); Chinese follows GB/T 15835: Arabic digits, 万 and 亿 for round large
numbers, never both in one number, years and dates in four digits.
"""

from dataclasses import dataclass
from decimal import Decimal

from yearbook.model import Fact, Kind, Language, Period, Qualifier, Unit

NBSP = "\u00a0"
MONTHS = (
    "January February March April May June July August September October November December"
).split()
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
_DIGITS = "〇一二三四五六七八九"

HEDGES = {
    Qualifier.EXACT: ("", ""),
    Qualifier.MORE_THAN: ("more than", "超过"),
    Qualifier.NEARLY: ("nearly", "近"),
    Qualifier.ABOUT: ("about", "约"),
    Qualifier.AT_LEAST: ("at least", "至少"),
    Qualifier.AT_MOST: ("at most", "至多"),
}
"""The words before a number; Chinese ``more_than`` prefers 多 after the digits where it can."""

SYMBOLS = {
    Qualifier.EXACT: "",
    Qualifier.MORE_THAN: ">",
    Qualifier.NEARLY: "<",
    Qualifier.ABOUT: "≈",
    Qualifier.AT_LEAST: "≥",
    Qualifier.AT_MOST: "≤",
}
"""The same in a table, where words do not fit; the notation page explains them."""


class NumberError(ValueError):
    """A number that cannot be written in the way asked for."""


def text(value: Decimal) -> str:
    """The digits of a value, no exponent, its written precision kept.

    >>> text(Decimal("7.2E+4")), text(Decimal("44.050"))
    ('72000', '44.050')
    """
    return format(value, "f")


def trimmed(value: Decimal) -> Decimal:
    """The same value without trailing zeros after the point.

    >>> text(trimmed(Decimal("806.00")))
    '806'
    """
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


def grouped(value: Decimal, language: Language) -> str:
    """Digits as the language groups them: English by comma, Chinese not at all.

    >>> grouped(Decimal(4830), Language.EN), grouped(Decimal(4830), Language.ZH)
    ('4,830', '4830')
    >>> grouped(Decimal("-1234.50"), Language.EN)
    '\u22121,234.50'
    """
    digits = format(abs(value), ",f") if language is Language.EN else text(abs(value))
    return ("\u2212" if value < 0 else "") + digits


@dataclass(frozen=True, slots=True)
class Scaled:
    """A number as prose writes it: ``digits`` and a scale word (``million``, 万) or none."""

    digits: Decimal
    scale: str


def scaled(value: Decimal, kind: Kind, language: Language) -> Scaled:
    """Choose the scale in which prose writes a value, always exactly.

    English writes amounts of money from a million in millions; Chinese writes numbers from ten
    thousand in 万 (from a hundred million in 亿) if at most two decimals are left.

    >>> scaled(Decimal(44050000), Kind.MONEY, Language.EN)
    Scaled(digits=Decimal('44.05'), scale='million')
    >>> scaled(Decimal(72000), Kind.COUNT, Language.ZH)
    Scaled(digits=Decimal('7.2'), scale='万')
    >>> scaled(Decimal(99999), Kind.COUNT, Language.ZH).scale
    ''
    """
    if language is Language.EN:
        if kind is Kind.MONEY and abs(value) >= 1_000_000:
            return Scaled(trimmed(value / 1_000_000), "million")
        return Scaled(value, "")
    for factor, word in ((100_000_000, "亿"), (10_000, "万")):
        if abs(value) >= factor and value * 100 % factor == 0:
            return Scaled(trimmed(value / factor), word)
    return Scaled(value, "")


@dataclass(frozen=True, slots=True)
class Form:
    """A figure taken apart as it is printed: hedge, number with its scale, unit."""

    before: str
    number: str
    unit: str


def form(fact: Fact, language: Language, noun: str | None = None) -> Form:
    """How prose prints a fact; ``noun`` takes the place of the unit's own word."""
    if fact.unit.kind is Kind.DATE:
        return Form(hedge(fact, language), date(fact.value, language), "")
    if fact.unit.kind is Kind.YEAR:
        return Form(
            hedge(fact, language), text(fact.value), "年" if language is Language.ZH else ""
        )
    if fact.unit.kind is Kind.ORDINAL:
        return _ordinal_form(fact, language, noun)
    if language is Language.ZH:
        return _chinese_form(fact, fact.unit.zh if noun is None else noun)
    parts = scaled(fact.value, fact.unit.kind, language)
    number = grouped(parts.digits, language) + (f"{NBSP}{parts.scale}" if parts.scale else "")
    unit = plural(fact.unit, fact.value) if noun is None else noun
    return Form(hedge(fact, language), number, unit)


def hedge(fact: Fact, language: Language) -> str:
    """The words of a fact's hedge that stand before its number."""
    return HEDGES[fact.qualifier][0 if language is Language.EN else 1]


def _ordinal_form(fact: Fact, language: Language, noun: str | None) -> Form:
    before = hedge(fact, language)
    if language is Language.EN:
        return Form(before, ordinal(fact.value), noun or "")
    return Form(before, f"第{text(fact.value)}", fact.unit.zh if noun is None else noun)


def _chinese_form(fact: Fact, unit: str) -> Form:
    """多 stands after the digits where the number is round: 3200多家, 3000多万元, 5万多名.

    A measure whose Chinese unit is another one (two decades: 20年) is printed in that unit.
    """
    value = fact.value
    if fact.unit.kind is Kind.MEASURE:
        value = trimmed(value / fact.unit.zh_factor)
    parts = scaled(value, fact.unit.kind, Language.ZH)
    digits = grouped(parts.digits, Language.ZH)
    if fact.qualifier is Qualifier.MORE_THAN and parts.scale and parts.digits in range(1, 100):
        return Form("", f"{digits}{parts.scale}多", unit)
    if fact.qualifier is Qualifier.MORE_THAN and parts.digits > 0 and parts.digits % 10 == 0:
        return Form("", f"{digits}多{parts.scale}", unit)
    return Form(HEDGES[fact.qualifier][1], digits + parts.scale, unit)


def plural(unit: Unit, value: Decimal) -> str:
    """The English unit word that agrees with a number."""
    return unit.one if value == 1 else unit.other


def ordinal(value: Decimal) -> str:
    """English ordinals.

    >>> [ordinal(Decimal(n)) for n in (1, 2, 3, 11, 24, 112)]
    ['1st', '2nd', '3rd', '11th', '24th', '112th']
    """
    whole = int(value)
    suffix = "th" if whole % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(whole % 10)
    return f"{whole}{suffix or 'th'}"


def words(value: Decimal, language: Language) -> str:
    """A small whole number in words; refuses others with `NumberError`.

    >>> words(Decimal(24), Language.EN), words(Decimal(24), Language.ZH)
    ('twenty-four', '二十四')
    >>> words(Decimal(2), Language.EN), words(Decimal(10), Language.ZH)
    ('two', '十')
    """
    if value != value.to_integral_value() or not 0 <= value < 100:
        raise NumberError(f"{text(value)} is not a whole number below one hundred")
    tens, ones = divmod(int(value), 10)
    if language is Language.EN:
        if value < 20:
            return _ONES[int(value)]
        return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    if tens == 0:
        return _DIGITS[ones] if ones else "零"
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def date(value: Decimal, language: Language) -> str:
    """A day held as yyyymmdd.

    >>> date(Decimal(20100416), Language.EN).replace(NBSP, " ")
    '16 April 2010'
    >>> date(Decimal(20100416), Language.ZH)
    '2010年4月16日'
    """
    year, month, day = int(value) // 10000, int(value) // 100 % 100, int(value) % 100
    if language is Language.ZH:
        return f"{year}年{month}月{day}日"
    return f"{day}{NBSP}{MONTHS[month - 1]}{NBSP}{year}"


def period(value: Period, language: Language) -> str:
    """A period in running text.

    >>> period(Period("1986", "2010"), Language.EN), period(Period("1986", "2010"), Language.ZH)
    ('1986 to 2010', '1986—2010年')
    >>> period(Period("2010-04", "2010-12"), Language.EN).replace(NBSP, " ")
    'April to December 2010'
    >>> period(Period("2010-04", "2010-12"), Language.ZH)
    '2010年4—12月'
    """
    if value.start == value.end:
        return _moment(value.start, language)
    if len(value.start) == 4:
        if language is Language.EN:
            return f"{value.start} to {value.end}"
        return f"{value.start}—{value.end}年"
    same_year = value.start[:4] == value.end[:4]
    if same_year and len(value.start) == 7:
        first, last, year = int(value.start[5:]), int(value.end[5:]), value.start[:4]
        if language is Language.EN:
            return f"{MONTHS[first - 1]} to {MONTHS[last - 1]}{NBSP}{year}"
        return f"{year}年{first}—{last}月"
    joint = " to " if language is Language.EN else "至"
    return joint.join(_moment(end, language) for end in (value.start, value.end))


def _moment(iso: str, language: Language) -> str:
    if len(iso) == 10:
        return date(Decimal(iso.replace("-", "")), language)
    if len(iso) == 7:
        year, month = iso[:4], int(iso[5:])
        if language is Language.EN:
            return f"{MONTHS[month - 1]}{NBSP}{year}"
        return f"{year}年{month}月"
    return iso if language is Language.EN else f"{iso}年"


def span(value: Period, language: Language = Language.EN) -> str:
    """A period in a narrow column head; Chinese joins its ends by a dash of full width.

    >>> span(Period("1986", "2010")), span(Period("2010-04", "2010-12"))
    ('1986–2010', '2010.4–12')
    >>> span(Period("1986", "2010"), Language.ZH)
    '1986—2010'
    """
    dash = "—" if language is Language.ZH else "–"
    if len(value.start) == 4:
        return value.start if value.start == value.end else f"{value.start}{dash}{value.end}"
    parts = [end.replace("-0", "-").replace("-", ".") for end in (value.start, value.end)]
    if value.start == value.end:
        return parts[0]
    if value.start[:4] == value.end[:4]:
        parts[1] = parts[1][5:]
    return dash.join(parts)


def tabular(fact: Fact, factor: Decimal, language: Language) -> str:
    """A fact in a table cell, divided by the table's scale, its hedge as a symbol.

    >>> from yearbook.specimen import fact
    >>> tabular(fact("x", 30_000_000, "yuan", "more_than"), Decimal(10_000), Language.ZH)
    '>3000'
    """
    sign = SYMBOLS[fact.qualifier]
    if fact.unit.kind is Kind.DATE:
        return sign + date(fact.value, language)
    if fact.unit.kind is Kind.YEAR:
        return sign + text(fact.value)
    if fact.unit.kind is Kind.ORDINAL:
        shown = ordinal(fact.value) if language is Language.EN else f"第{text(fact.value)}"
        return sign + shown
    value = fact.value if factor == 1 else trimmed(fact.value / factor)
    return sign + grouped(value, language)


def percent(value: Decimal) -> str:
    """A share or a change, already rounded, with its sign only when negative.

    >>> percent(Decimal("12.5")), percent(Decimal("-3.0"))
    ('12.5%', '\u22123.0%')
    """
    return f"{grouped(value, Language.ZH)}%"
