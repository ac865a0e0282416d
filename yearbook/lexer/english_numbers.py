"""Cardinal numbers in English: digits and words, scales, currency, percent, years."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from yearbook.lexer.english_words import DOZEN, SCALES, UNITS, read_words
from yearbook.lexer.token import Numeral, NumeralKind, times

_FACTORS = (
    SCALES | DOZEN | {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
)  # fmt: skip
_SIGN = r"(?:(?<![\w)])[-+](?=[\d$€£¥￥])|(?i:minus|negative)\s+(?=[\d$€£¥￥]))"
_CURRENCY = r"(?:(?:US|HK)?[$€£¥￥]|(?:RMB|CNY|USD|EUR)(?=\s?\d))"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?P<sign>{_SIGN})?(?P<currency>{_CURRENCY})?\s?(?P<number>{_DIGITS})(?P<half>½|\s1/2(?![\d/]))?"
)
_A = re.compile(r"an?\s+(?=(?:hundred|thousand|million|billion|trillion|dozen)(?![a-z]))", re.I)
_SCALE = re.compile(r"[\s-]{0,3}(hundred|thousand|million|billion|trillion|dozen)(?![a-z])", re.I)
_SHORT = re.compile(r"\s?(k|mn|bn|tn)(?![A-Za-z\d])")
_SHORT_M = re.compile(r"\s?(m)(?![A-Za-z\d²³])")
_MONEY = re.compile(r"\s(?:yuan|RMB|CNY|dollars?|euros?|people|persons)\b", re.IGNORECASE)
_AND_A_HALF = re.compile(r"\s+and\s+(?:a\s+|one[\s-])half(?![a-z])", re.IGNORECASE)
_POINT = re.compile(rf"\s+point((?:\s+(?:{'|'.join(list(UNITS)[:10])}))+)(?![a-z])", re.IGNORECASE)
_SUFFIX = re.compile(
    r"(?P<percentage_points>[\s-]*(?:percentage|percent|per\s+cent|%)[\s-]+points?)(?![a-z])|"
    r"(?P<percent>\s?%|[\s-]*(?:percent|per\s+cent|pct)(?![a-z]))|(?P<fraction>\s?‰)|"
    r"(?P<multiple>-?fold(?![a-z])|x(?![A-Za-z\d])|\s+times(?=\s+(?:as|more|the|higher|larger|"
    r"greater|faster|bigger|that|those|its|their|what)\b))",
    re.IGNORECASE,
)
_BEFORE_YEAR = re.compile(
    r"\b(?:in|since|by|of|from|until|till|during|before|after|year|end|early|late|mid|between|for|"
    r"to|the|and)[\s(-]+$",
    re.IGNORECASE,
)
_YEAR_SURELY = re.compile(
    r"\b(?:in|since|until|till|during|year|early|late)\s+$|\b(?:pre|post|mid)-$", re.IGNORECASE
)
_PEOPLE = re.compile(r"\s+(?:people|persons|men|women|children|yuan|mu|[kK]ilowatts?|hectares)\b")
_PLURAL = re.compile(
    r"\s+(?!(?:was|has|is|as|does|this|its|plus|versus|across|perhaps|thus|always)\b)[a-z]+s\b"
)
_GLUED_UNIT = re.compile(
    r"(?:[kMGT]?Wh?|[kcm]m|[kmµ]g|[kMGT]?Hz|[kKMGT]B|k?V|[kM]?Pa|kJ|MJ|k?cal|m[lL]|km/h|mu|ha|min|"
    r"[tghsmlL])(?:[²³23](?!\d))?(?![A-Za-z\d])|°C|℃|\s[kc]?m[23](?![A-Za-z\d])"
)


@dataclass(frozen=True, slots=True)
class _Bare:
    """A coefficient before its scale: where it starts, its number and its end."""

    value: Decimal
    start: int
    number: tuple[int, int]
    currency: str = ""


def read_number(text: str, at: int) -> tuple[Numeral, ...]:
    """A cardinal, year, percentage or multiple that starts here.

    >>> [(str(n.value), n.end) for n in read_number("44.05 million Yuan", 0)]
    [('44050000', 13)]
    """
    bare = _digits(text, at) or _words(text, at)
    if bare is None:
        return ()
    value, end = _scaled(text, bare)
    number = Numeral(value, NumeralKind.CARDINAL, bare.start, end, *bare.number, unit=bare.currency)
    if unit := _GLUED_UNIT.match(text, end):
        return (replace(number, unit=unit[0].strip(), unit_end=unit.end()),)
    if text[end : end + 1].isalpha() and text[end].isascii() and not _SUFFIX.match(text, end):
        return ()
    return (_of_kind(text, number),)


def _digits(text: str, at: int) -> _Bare | None:
    match = _NUMBER.match(text, at)
    if not match:
        return None
    value = Decimal(match["number"].replace(",", ""))
    value = value + Decimal("0.5") if match["half"] else value
    value = value.copy_negate() if match["sign"] and match["sign"] != "+" else value
    end = match.end("half") if match["half"] else match.end("number")
    return _Bare(value, at, (match.start("number"), end), match["currency"] or "")


def _words(text: str, at: int) -> _Bare | None:
    article = _A.match(text, at)
    words = read_words(text, article.end() if article else at)
    if words is None or words.ordinal:
        return None
    value, end = words.value, words.end
    if point := _POINT.match(text, end):
        digits = "".join(str(UNITS[word.lower()]) for word in point[1].split())
        value, end = Decimal(f"{value}.{digits}"), point.end()
    elif half := _AND_A_HALF.match(text, end):
        value, end = value + Decimal("0.5"), half.end()
    return _Bare(value, at, (at, end))


def _scaled(text: str, bare: _Bare) -> tuple[Decimal, int]:
    factor, end = 1, bare.number[1]
    while match := _scale(text, end, bare):
        factor, end = factor * _FACTORS[match[1].lower()], match.end()
    value = times(bare.value, factor) if end > bare.number[1] else bare.value
    if half := _AND_A_HALF.match(text, end):
        value, end = value + Decimal(factor) / 2, half.end()
    return value, end


def _scale(text: str, end: int, bare: _Bare) -> re.Match[str] | None:
    if match := _SCALE.match(text, end) or _SHORT.match(text, end):
        return match
    metres_or_millions = _SHORT_M.match(text, end)
    if metres_or_millions and (bare.currency or _MONEY.match(text, metres_or_millions.end())):
        return metres_or_millions
    return None


def _of_kind(text: str, number: Numeral) -> Numeral:
    suffix = _SUFFIX.match(text, number.end)
    if suffix and suffix.lastgroup and number.value is not None:
        kind = NumeralKind(suffix.lastgroup)
        value = number.value / 1000 if kind is NumeralKind.FRACTION else number.value
        return replace(number, kind=kind, value=value, end=suffix.end())
    return replace(number, kind=NumeralKind.YEAR) if _is_year(text, number) else number


def _is_year(text: str, number: Numeral) -> bool:
    """Whether four plain digits are a year, and do not count what follows.

    From 1900 to 2099 they are one unless a plural follows ("2000 villages"); "in" or "since" makes
    them one all the same ("in 2010 experts went"). Other years need such a word before them.
    """
    digits = text[number.start : number.end]
    if not (len(digits) == 4 and digits.isascii() and digits.isdecimal()) or number.unit:
        return False
    before = text[max(0, number.start - 16) : number.start]
    if _PEOPLE.match(text, number.end) or not 1000 <= int(digits) <= 2199:
        return False
    if _PLURAL.match(text, number.end):
        return bool(_YEAR_SURELY.search(before))
    return 1900 <= int(digits) <= 2099 or bool(_BEFORE_YEAR.search(before))
