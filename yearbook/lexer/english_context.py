"""What stands around a numeral in English: hedges, the unit counted, and the other end of a range."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from yearbook.lexer.scan import Found
from yearbook.lexer.token import Numeral, NumeralKind, Role
from yearbook.model import Qualifier

_HEDGES = {
    Qualifier.AT_LEAST: "at least|no fewer than|no less than|not fewer than|not less than|"
    "a minimum of",
    Qualifier.AT_MOST: "at most|up to|no more than|not more than|at the most|fewer than|less than|"
    "under|below|a maximum of",
    Qualifier.MORE_THAN: "more than|over|above|in excess of|greater than|exceeding|upwards of",
    Qualifier.NEARLY: "nearly|almost|close to|just under|approaching|not quite",
    Qualifier.ABOUT: "about|around|approximately|roughly|some|circa|ca.|an estimated",
}
_HEDGE_OF = {words: hedge for hedge, group in _HEDGES.items() for words in group.split("|")}
_HEDGE = re.compile(
    r"(?<![\w-])("
    + "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(_HEDGE_OF, key=len, reverse=True))
    + r")\s+(?:a\s+total\s+of\s+)?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:(?P<about>or so|or thereabouts)|(?P<at_least>or more|or above|and above|or over|"
    r"and over|\+)|(?P<at_most>or less|or fewer|or below|and below)|(?P<more_than>-odd|-plus))"
    r"(?![A-Za-z])",
    re.IGNORECASE,
)
_NEVER_HEDGED = {
    NumeralKind.YEAR, NumeralKind.YEAR_MONTH, NumeralKind.DATE, NumeralKind.MONTH_DAY,
    NumeralKind.MONTH, NumeralKind.DECADE, NumeralKind.CODE, NumeralKind.ORDINAL,
}  # fmt: skip
_STOP_WORDS = frozenset(
    "a an the of in on at to for from by with without as and or nor but than that which who whose "
    "when while where per is are was were be been being has have had do does did will would can "
    "could may might must shall should led took came went had held sent gave this these those it "
    "they he she we you its their his her our after before since until during through over under "
    "between among against about around into onto across respectively there then so if not also "
    "directly each respectively were".split()
)
_MEASURES = frozenset(
    "yuan people person years year months days hours minutes seconds weeks decades decade "
    "centuries kilowatts kilowatt percent times dollars tonnes tons kilometres kilometers metres "
    "meters hectares mu".split()
)
_WORD = re.compile(r"[\s-]\s*([A-Za-z][A-Za-z'/-]*[A-Za-z²³]|[A-Za-z°][²³]?)(?![\d])")
_GLUED = re.compile(r"[A-Za-zµΩ°][A-Za-z/]*[²³23]?")
_RANGE_JOINTS = ("-", "–", "—", "~", "to", "through", "till", "until")
_SHAREABLE = (
    NumeralKind.CARDINAL, NumeralKind.PERCENT, NumeralKind.PERCENTAGE_POINTS,
    NumeralKind.MULTIPLE, NumeralKind.FRACTION,
)  # fmt: skip
_BETWEEN = re.compile(r"\bbetween\s+\D{0,20}$", re.IGNORECASE)


def in_context(text: str, found: Sequence[Found]) -> tuple[Numeral, ...]:
    """The numerals with their hedges, units and ranges read from the words around them."""
    numerals: list[Numeral] = []
    for reading in found:
        first, *rest = reading.numerals
        numerals.append(_complete(text, _hedged(text, first, reading.floor)))
        numerals.extend(_complete(text, numeral) for numeral in rest)
    return _ranged(text, numerals)


def _hedged(text: str, numeral: Numeral, floor: int) -> Numeral:
    if numeral.kind in _NEVER_HEDGED:
        return numeral
    begin = max(floor, numeral.start - 48)
    match = _HEDGE.search(text[begin : numeral.start])
    if not match:
        return numeral
    words = " ".join(match[1].lower().split())
    return replace(numeral, hedge=_HEDGE_OF[words], start=begin + match.start())


def _complete(text: str, numeral: Numeral) -> Numeral:
    """With its unit and with a hedge that follows the number or the unit."""
    numeral = _with_hedge_after(text, numeral, numeral.end)
    if numeral.unit or numeral.kind in (NumeralKind.CODE, NumeralKind.YEAR, NumeralKind.DATE):
        return numeral
    unit, end = _unit(text, numeral.end)
    return _with_hedge_after(text, replace(numeral, unit=unit), end)


def _with_hedge_after(text: str, numeral: Numeral, at: int) -> Numeral:
    match = _AFTER.match(text, at)
    if not match or not match.lastgroup or numeral.kind in _NEVER_HEDGED:
        return numeral
    return replace(numeral, hedge=Qualifier(match.lastgroup), end=match.end())


def _unit(text: str, at: int) -> tuple[str, int]:
    """At most three words after a number, up to a stop word; a measure ends the unit at once."""
    if glued := _GLUED.match(text, at):
        return glued[0], glued.end()
    words: list[str] = []
    while len(words) < 3 and (match := _WORD.match(text, at)):
        if match[1].lower() in _STOP_WORDS:
            break
        words.append(match[1])
        at = match.end()
        if match[1].lower() in _MEASURES:
            break
    return " ".join(words), at


def _ranged(text: str, numerals: Sequence[Numeral]) -> tuple[Numeral, ...]:
    done = list(numerals)
    for index in range(len(done) - 1):
        done[index], done[index + 1] = _pair(text, done[index], done[index + 1])
    return tuple(done)


def _pair(text: str, first: Numeral, second: Numeral) -> tuple[Numeral, Numeral]:
    """Two numerals as the ends of a range, where the words between them join them."""
    if first.role is not Role.SINGLE or not _joined(text, first, second):
        return first, second
    first, second = _years(text, first, second)
    if first.kind is NumeralKind.CARDINAL and second.kind in _SHAREABLE:
        first = _shared(text, first, second)
    if first.kind is not second.kind:
        return first, second
    return replace(first, role=Role.START), replace(second, role=Role.END)


def _joined(text: str, first: Numeral, second: Numeral) -> bool:
    if first.value is None or second.value is None:
        return False
    gap = text[first.end : second.start].strip().removeprefix(first.unit).strip().lower()
    if gap in _RANGE_JOINTS:
        return True
    between = _BETWEEN.search(text[max(0, first.start - 30) : first.start])
    return gap == "and" and bool(between)


def _years(text: str, first: Numeral, second: Numeral) -> tuple[Numeral, Numeral]:
    """2001-10 is 2001-2010."""
    short = text[second.start : second.end]
    if first.kind is NumeralKind.YEAR and len(short) == 2 and short.isdecimal():
        year = Decimal(text[first.start : first.start + 2] + short)
        return first, replace(second, value=year, kind=NumeralKind.YEAR, unit="")
    return first, second


def _shared(text: str, first: Numeral, second: Numeral) -> Numeral:
    """The first end with the kind, unit and scale that only the second end prints."""
    first = replace(first, kind=second.kind, unit=first.unit or second.unit)
    digits = text[second.number_start : second.number_end].replace(",", "")
    scaled = second.end > second.number_end and first.end == first.number_end
    if not scaled or not digits.replace(".", "").isdecimal() or first.value is None:
        return first
    coefficient = Decimal(digits)
    if second.value is None or not coefficient or first.value >= coefficient:
        return first
    return replace(first, value=first.value * (second.value / coefficient))
