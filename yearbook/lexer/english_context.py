"""What stands around a numeral in English: hedges, the unit, the other end of a range."""

import re
from collections.abc import Sequence
from dataclasses import replace

from yearbook.lexer.english_words import WORDS
from yearbook.lexer.hedges import NEVER_HEDGED, SYMBOLS, by_words
from yearbook.lexer.ranges import pair, ranged
from yearbook.lexer.scan import Found
from yearbook.lexer.token import Numeral, NumeralKind
from yearbook.model import Qualifier

_HEDGES = {
    Qualifier.AT_LEAST: "at least|no fewer than|no less than|not fewer than|not less than|"
    "a minimum of",
    Qualifier.AT_MOST: "at most|up to|no more than|not more than|at the most|fewer than|less than|"
    "under|below|a maximum of",
    Qualifier.MORE_THAN: "more than|over|above|in excess of|greater than|exceeding|upwards of|"
    "upward of|exceeded|exceeds|topped|topping|surpassed|surpassing|well over|beyond",
    Qualifier.NEARLY: "nearly|almost|close to|just under|approaching|not quite|hardly|barely|"
    "scarcely|close on|nigh on|virtually|practically|just short of|little short of",
    Qualifier.ABOUT: "about|around|approximately|roughly|some|circa|ca.|an estimated|approx.|"
    "in the region of|in the order of|something like",
}
_HEDGE_OF = by_words(_HEDGES)
_WORDED = "|".join(re.escape(words).replace(r"\ ", r"\s+") for words in _HEDGE_OF)
_HEDGE = re.compile(
    rf"(?:(?<![\w-])({_WORDED})\s+(?:a\s+total\s+of\s+)?|([{''.join(SYMBOLS)}])\s?)$", re.IGNORECASE
)
_AFTER = re.compile(
    r"(?:(?:\s+(?:old|of\s+age))?\s*(?:(?P<about>or so|or thereabouts)|"
    r"(?P<at_least>(?:or|and) (?:more|above|over)|\+)|"
    r"(?P<at_most>(?:or|and) (?:less|fewer|below|under)))|(?P<more_than>-odd|-plus))(?![A-Za-z])"
    rf"(?!\s+(?:\d|(?:{WORDS}|an?|the|than)(?![a-z])))",
    re.IGNORECASE,
)
_UNITLESS = NEVER_HEDGED - {NumeralKind.ORDINAL}
_STOP_WORDS = frozenset(
    "a an the of in on at to for from by with without as and or nor but than that which who whose "
    "when while where per is are was were be been being has have had do does did will would can "
    "could may might must shall should led took came went had held sent gave this these those it "
    "they he she we you its their his her our after before since until during through over under "
    "between among against about around into onto across respectively there then so if not also "
    "directly each including covering involving such more fewer less above below than only".split()
)
_MEASURES = frozenset(
    "yuan people person years year months days hours minutes seconds weeks decades decade "
    "centuries kilowatts kilowatt percent times dollars tonnes tons kilometres kilometers metres "
    "meters hectares mu".split()
)
_WORD = re.compile(r"[\s-]\s*([A-Za-z][A-Za-z'/-]*[A-Za-z²³]|°[CF]?|[A-Za-z][²³]?)(?!\d)")
_ARTICLE = re.compile(r"\s+an?(?=\s)")
_JOINTS = ("-", "–", "—", "~", "to", "through", "till", "until", "-to-", "/")
_BETWEEN = re.compile(r"\bbetween\s+\D{0,20}$", re.IGNORECASE)


def in_context(text: str, found: Sequence[Found]) -> tuple[Numeral, ...]:
    """The numerals with their hedges, units and ranges read from the words around them."""
    numerals: list[Numeral] = []
    for reading in found:
        first, *rest = reading.numerals
        numerals += [_hedged(text, first, reading.floor), *rest]
    limits = (*(numeral.start for numeral in numerals[1:]), len(text))
    numerals = [_complete(text, n, limit) for n, limit in zip(numerals, limits, strict=False)]
    for index in range(len(numerals) - 1):
        first, second = numerals[index : index + 2]
        between = _BETWEEN.search(text[max(0, first.start - 24) : first.start])
        if between and text[first.reach : second.start].strip() == "and":
            numerals[index : index + 2] = pair(text, first, second)
    return ranged(text, numerals, _JOINTS)


def _hedged(text: str, numeral: Numeral, floor: int) -> Numeral:
    if numeral.kind in NEVER_HEDGED:
        return numeral
    begin = max(floor, numeral.start - 48)
    match = _HEDGE.search(text[begin : numeral.start])
    if not match:
        return numeral
    words = " ".join((match[1] or "").lower().split())
    hedge = _HEDGE_OF[words] if words else SYMBOLS[match[2]]
    return replace(numeral, hedge=hedge, start=begin + match.start())


def _complete(text: str, numeral: Numeral, limit: int) -> Numeral:
    """With its unit and with a hedge that follows the number or the unit."""
    numeral = _with_hedge_after(text, numeral, numeral.end, limit)
    if numeral.unit or numeral.kind in _UNITLESS:
        return numeral
    half_a = numeral.kind is NumeralKind.FRACTION and _ARTICLE.match(text, numeral.end)
    unit, end = _unit(text, half_a.end() if half_a else numeral.end, limit)
    numeral = replace(numeral, unit=unit, unit_end=end if unit else 0)
    return _with_hedge_after(text, numeral, end, limit)


def _with_hedge_after(text: str, numeral: Numeral, at: int, limit: int) -> Numeral:
    match = _AFTER.match(text, at)
    if not match or match.end() > limit or not match.lastgroup or numeral.kind in NEVER_HEDGED:
        return numeral
    return replace(numeral, hedge=Qualifier(match.lastgroup), end=match.end())


def _unit(text: str, at: int, limit: int) -> tuple[str, int]:
    """At most three words after a number, up to a stop word; a measure ends the unit at once."""
    words: list[str] = []
    while len(words) < 3 and (match := _WORD.match(text, at, limit)):
        if match[1].lower() in _STOP_WORDS:
            break
        words.append(match[1])
        at = match.end()
        if match[1].lower() in _MEASURES:
            break
    return " ".join(words), at
