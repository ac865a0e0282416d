"""The two ends of a range: what only the second end prints holds for the first as well."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from yearbook.lexer.token import Numeral, NumeralKind, Role, times

_SHAREABLE = (
    NumeralKind.CARDINAL, NumeralKind.PERCENT, NumeralKind.PERCENTAGE_POINTS,
    NumeralKind.MULTIPLE, NumeralKind.FRACTION,
)  # fmt: skip


def ranged(text: str, numerals: Iterable[Numeral], joints: Sequence[str]) -> tuple[Numeral, ...]:
    """The numerals with each two neighbours that a joint (to, 至, –) connects made a range."""
    done = list(numerals)
    for index in range(len(done) - 1):
        first, second = done[index : index + 2]
        if first.role is Role.SINGLE and text[first.reach : second.start].strip() in joints:
            done[index : index + 2] = pair(text, first, second)
    return tuple(done)


def pair(text: str, first: Numeral, second: Numeral) -> tuple[Numeral, Numeral]:
    """Two numerals as the ends of a range; unchanged if they differ in kind or in unit, or fall.

    "gave 8 million yuan to 7 counties" and "gave 500 to 31 counties" are no ranges.
    """
    if first.value is None or second.value is None:
        return first, second
    second = _full_year(text, first, second)
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


def _shared(text: str, first: Numeral, second: Numeral) -> Numeral:
    """The first end with the kind, unit and scale that only the second end prints."""
    first = replace(first, kind=second.kind, unit=first.unit or second.unit)
    digits = text[second.number_start : second.number_end].replace(",", "")
    scaled = second.end > second.number_end and first.end == first.number_end
    if not scaled or not digits.replace(".", "", 1).isdecimal():
        return first
    coefficient = Decimal(digits)
    if not (first.value and second.value and coefficient):
        return first
    return replace(first, value=times(first.value, int(second.value / coefficient)))
