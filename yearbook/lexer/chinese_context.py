"""What stands around a numeral in Chinese: hedges, and the other end of a range."""

import re
from collections.abc import Sequence
from dataclasses import replace

from yearbook.lexer.hedges import NEVER_HEDGED, SYMBOLS, by_words
from yearbook.lexer.ranges import ranged
from yearbook.lexer.scan import Found
from yearbook.lexer.token import Numeral, NumeralKind
from yearbook.model import Qualifier

_HEDGES = {
    Qualifier.AT_LEAST: "至少|不少于|不低于|不下于|不下|最少|起码",
    Qualifier.AT_MOST: "至多|最多|不超过|不多于|不高于|不大于|不到|不足|少于|低于|小于|未满|不满",
    Qualifier.MORE_THAN: "超过|超出|多于|高于|大于|突破|逾|超",
    Qualifier.NEARLY: "将近|接近|近乎|直逼|逼近|几近|几乎|近",
    Qualifier.ABOUT: "大约|大概|约占|约合|约莫|约计|大致|差不多|约",
}
_HEDGE_OF = by_words(_HEDGES) | SYMBOLS
_HEDGE = re.compile(rf"({'|'.join(_HEDGE_OF)})[了有为达]?\s?$")
_PART_OF_A_WORD = {
    "近": set("附邻临靠最新远就亲贴走相切浅"),
    "约": set("节公合条签预制契违和盟特邀履毁失大简"),
    "超": set("高赶反"),
    "逾": set("年"),
}
_AFTER = re.compile(
    r"(?P<about>左右|上下)|(?P<more_than>有余|出头|开外)|(?P<at_least>及?以上|或以上)|(?P<at_most>及?以下|以内|之内)"
)
_RECENT = re.compile("年来|年间|年中|年里|个月来|天来|年以来|年内")
_JOINTS = "- — – —— ~ ～ 至 到".split()


def in_context(text: str, found: Sequence[Found]) -> tuple[Numeral, ...]:
    """The numerals with the hedges and ranges read from the words around them."""
    numerals: list[Numeral] = []
    for reading in found:
        first, *rest = reading.numerals
        numerals.append(_hedged_after(text, _hedged(text, first, reading.floor)))
        numerals.extend(_hedged_after(text, numeral) for numeral in rest)
    for index in range(len(numerals) - 1):
        numerals[index + 1] = _listed(text, *numerals[index : index + 2])
    return ranged(text, numerals, _JOINTS)


def _listed(text: str, first: Numeral, second: Numeral) -> Numeral:
    """第一、二季度 and 第1至24届: the second is an ordinal as the first is."""
    gap = text[first.reach : second.start]
    bare = first.kind is NumeralKind.ORDINAL and not first.unit and gap in ("、", "和", *_JOINTS)
    listed = text[first.start] == "第" or text[max(0, first.start - 1)] in "、和"
    if bare and listed and second.kind is NumeralKind.CARDINAL:
        return replace(second, kind=NumeralKind.ORDINAL)
    return second


def _hedged(text: str, numeral: Numeral, floor: int) -> Numeral:
    if numeral.kind in NEVER_HEDGED:
        return numeral
    begin = max(floor, numeral.start - 6)
    match = _HEDGE.search(text[begin : numeral.start])
    if not match or _is_no_hedge(text, numeral, match[1], begin + match.start()):
        return numeral
    return replace(numeral, hedge=_HEDGE_OF[match[1]], start=begin + match.start())


def _is_no_hedge(text: str, numeral: Numeral, words: str, start: int) -> bool:
    """节约100万元 has no 约; 近5年来 is "the past five years"."""
    before = text[start - 1] if start else ""
    if before in _PART_OF_A_WORD.get(words, ()):
        return True
    return words == "近" and bool(_RECENT.match(text, numeral.end))


def _hedged_after(text: str, numeral: Numeral) -> Numeral:
    match = _AFTER.match(text, numeral.reach)
    if not match or not match.lastgroup or numeral.kind in NEVER_HEDGED:
        return numeral
    return replace(numeral, hedge=Qualifier(match.lastgroup), end=match.end())
