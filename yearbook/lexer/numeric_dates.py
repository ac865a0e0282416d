"""Dates in digits alone, the same in both languages: 2010-04-16, 2010.4–12, 5·12."""

import re
from decimal import Decimal

from yearbook.lexer.token import Numeral, NumeralKind, Role

_Y, _M = r"(?:1[5-9]|20|21)\d{2}", r"(?:1[0-2]|0?[1-9])"
_DATE = re.compile(
    rf"(?P<y>{_Y})(?P<s>[-/.])(?P<m>{_M})(?P=s)(?P<d>[12]\d|3[01]|0?[1-9])(?!\d|[-/.]\d)"
)
_MONTHS = re.compile(
    rf"(?P<y>{_Y})\.(?P<m>{_M})(?P<j>[–—])(?:(?P<y2>{_Y})\.)?(?P<m2>{_M})(?![\d.])"
)
_MONTH_DAY = re.compile(rf"(?P<m>{_M})[·•・](?P<d>[12]\d|3[01]|0?[1-9])(?![\d·•・])")
_MONTH = re.compile(rf"(?P<y>{_Y})(?:-(?P<m>0[1-9])(?![\d-])|\.(?P<dot>1[0-2]|[1-9])$)")


def read_numeric_date(text: str, at: int) -> tuple[Numeral, ...]:
    """A date or months in digits; 2010.4 is a month only where it ends the text.

    >>> [str(n.value) for n in read_numeric_date("2010.4–12", 0)]
    ['201004', '201012']
    """
    if at and text[at - 1].isdecimal():
        return ()
    if match := _DATE.match(text, at):
        return (_spanned(dated(*(int(match[part]) for part in "ymd")), *match.span()),)
    if match := _MONTH_DAY.match(text, at):
        return (_spanned(dated(0, int(match["m"]), int(match["d"])), *match.span()),)
    if match := _MONTHS.match(text, at):
        year, month, last = int(match["y"]), int(match["m"]), int(match["m2"])
        return (
            _spanned(dated(year, month, 0), at, match.start("j"), Role.START),
            _spanned(
                dated(int(match["y2"] or year), last, 0), match.end("j"), match.end(), Role.END
            ),
        )
    if match := _MONTH.match(text, at):
        month = int(match["m"] or match["dot"])
        return (_spanned(dated(int(match["y"]), month, 0), *match.span()),)
    return ()


def dated(year: int, month: int, day: int) -> tuple[Decimal, NumeralKind]:
    """The value and kind of a moment of which some parts are told (0: not told).

    >>> dated(2010, 4, 0)
    (Decimal('201004'), <NumeralKind.YEAR_MONTH: 'year_month'>)
    """
    if not year:
        kind = NumeralKind.MONTH_DAY if day else NumeralKind.MONTH
        return Decimal(month * 100 + day if day else month), kind
    if not month:
        return Decimal(year), NumeralKind.YEAR
    if not day:
        return Decimal(year * 100 + month), NumeralKind.YEAR_MONTH
    return Decimal((year * 100 + month) * 100 + day), NumeralKind.DATE


def _spanned(
    moment: tuple[Decimal, NumeralKind], start: int, end: int, role: Role = Role.SINGLE
) -> Numeral:
    return Numeral(*moment, start, end, start, end, role=role)
