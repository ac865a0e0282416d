"""The two ends of a range: what only the second end prints holds for the first as well."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from math import prod

from yearbook.lexer.chinese_numbers import LARGE, SMALL
from yearbook.lexer.english_words import SCALES
from yearbook.lexer.token import Numeral, NumeralKind, Role, times
from yearbook.model import Qualifier

_SHAREABLE = (
    NumeralKind.CARDINAL, NumeralKind.PERCENT, NumeralKind.PERCENTAGE_POINTS,
    NumeralKind.MULTIPLE, NumeralKind.FRACTION,
)  # fmt: skip
_OR = ("or", "或")
_SCALES = SCALES | LARGE | {word: SMALL[word] for word in "百千"}
_SCALE = re.compile("|".join(_SCALES), re.IGNORECASE)
_SCALES_AT_END = re.compile(rf"(?:[\s-]*(?:{_SCALE.pattern}))+$", re.IGNORECASE)


def ranged(text: str, numerals: Iterable[Numeral], joints: Sequence[str]) -> tuple[Numeral, ...]:
    """The numerals with each two neighbours that a joint (to, 至, –) connects made a range.

    "or" and 或 connect numbers next to each other: "five or six" is 5 to 6, "5 or 10" no range.
    """
    done = list(numerals)
    for index in range(len(done) - 1):
        first, second = done[index : index + 2]
        gap = text[first.reach : second.start].strip()
        if first.role is Role.SINGLE and (gap in joints or gap in _OR):
            ends = pair(text, first, second)
            done[index : index + 2] = ends if gap in joints or _adjoin(*ends) else (first, second)
        done[index : index + 2] = _alike(*done[index : index + 2])
    return tuple(done)


def _adjoin(first: Numeral, second: Numeral) -> bool:
    """Whether two numbers are neighbours in ones, tens or hundreds: 5 and 6, 300 and 400."""
    if first.value is None or second.value is None or second.hedge is not Qualifier.EXACT:
        return False
    step = second.value - first.value
    power = step > 0 and step.normalize().as_tuple().digits == (1,) and step >= 1
    return power and not first.value % step


def _alike(first: Numeral, second: Numeral) -> tuple[Numeral, Numeral]:
    """Both ends of a range about what one is: "about 300 to 500", 两三百人左右."""
    joined = first.role is Role.START and second.role is Role.END
    if not joined or {first.hedge, second.hedge} != {Qualifier.ABOUT, Qualifier.EXACT}:
        return first, second
    return replace(first, hedge=Qualifier.ABOUT), replace(second, hedge=Qualifier.ABOUT)


def pair(text: str, first: Numeral, second: Numeral) -> tuple[Numeral, Numeral]:
    """Two numerals as the ends of a range; unchanged if they differ in kind or in unit, or fall.

    "gave 8 million yuan to 7 counties" and "gave 500 to 31 counties" are no ranges.
    """
    if first.value is None or second.value is None:
        return first, second
    second = _same_money(text, _full_year(text, first, second), first)
    start = first
    if first.kind is NumeralKind.CARDINAL and second.kind in _SHAREABLE:
        start = _shared(text, first, second)
    if start.kind is not second.kind or not _rises(start, second):
        return first, second
    return replace(start, role=Role.START), replace(second, role=Role.END)


def _rises(first: Numeral, second: Numeral) -> bool:
    if first.kind is not NumeralKind.CARDINAL:
        return True
    low, high = first.value or Decimal(0), second.value or Decimal(0)
    return low < high and (not first.unit or first.unit == second.unit)


def _full_year(text: str, first: Numeral, second: Numeral) -> Numeral:
    """2001-10 is 2001-2010."""
    short = text[second.start : second.end]
    if first.kind is NumeralKind.YEAR and len(short) == 2 and short.isdecimal():
        year = Decimal(text[first.start : first.start + 2] + short)
        return replace(second, value=year, kind=NumeralKind.YEAR, unit="", unit_end=0)
    return second


def _same_money(text: str, second: Numeral, first: Numeral) -> Numeral:
    """RMB 80 to 90 million: the second end is money too, where it has no unit of its own."""
    currency = first.unit and first.unit in text[first.start : first.number_start]
    return replace(second, unit=first.unit) if currency and not second.unit else second


def _shared(text: str, first: Numeral, second: Numeral) -> Numeral:
    """The first end with the kind, unit and scale that only the second end prints."""
    first = replace(first, kind=second.kind, unit=first.unit or second.unit)
    scale = _scale(text, second)
    if first.end != first.number_end or scale == 1 or not (first.value and second.value):
        return first
    spelled = not text[second.number_start].isdecimal()
    if spelled and first.value >= second.value / scale:
        return first  # "fifty to one hundred"
    return replace(first, value=times(first.value, scale))


def _scale(text: str, numeral: Numeral) -> int:
    """The scale a number is told in: a million for "5 million" and "five million", 1 for "50"."""
    number = text[numeral.number_start : numeral.number_end]
    digits = number.replace(",", "")
    if digits.replace(".", "", 1).isdecimal():
        coefficient = Decimal(digits)
        return int(numeral.value / coefficient) if numeral.value and coefficient else 1
    scales = _SCALES_AT_END.search(number)
    return prod(_SCALES[word.lower()] for word in _SCALE.findall(scales[0])) if scales else 1
