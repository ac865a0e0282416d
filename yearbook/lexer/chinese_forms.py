"""Numerals of Chinese that are not plain cardinals: 第, 首, 分之, 翻番, 半, 数十, “十一五”."""

import re
from dataclasses import replace
from decimal import Context, Decimal

from yearbook.lexer.chinese_numbers import LARGE, SMALL, read_hanzi, read_pair
from yearbook.lexer.chinese_units import UNIT, read_cardinal, with_suffix, with_unit
from yearbook.lexer.token import Numeral, NumeralKind, Role
from yearbook.model import Qualifier

_THIRDS = Context(prec=28)
_H = "〇零一二两三四五六七八九十百千万"
_ORDINAL = re.compile(rf"第\s?(?P<n>\d{{1,18}}|[{_H}]{{1,18}})")
_FIRST = re.compile("首(?=[届批次个家期支位名项座轮部台例](?!提))")
_LISTED = re.compile(rf"(?P<n>[{_H[2:12]}]{{1,3}})(?=是|要|、)")
_BRACKETED = re.compile(r"[(（](?P<n>[一二三四五六七八九十]{1,3})[)）]")
_PRIZE = re.compile("(?P<n>[一二三四五1-5])(?=等奖)")
_CONGRESS = r"(?<=党的)(?P<n>[一二三四五六七八九十]{1,3})(?=大(?:[、，。以的报精召代后前和]|$))"
_UNMARKED = tuple(
    re.compile(form)
    for form in (
        _CONGRESS,
        r"(?P<n>[一二三四五六七八九十]{1,3})(?=届[一二三四五六七八九](?:中全会|次)|中全会)",
        r"(?<=届)(?P<n>[一二三四五六七八九]|\d)(?=次(?:全体)?会议)",
        r"(?P<n>\d{1,4}|[一二三四五六七八九十]{1,3})(?=号(?:文|令|公告|通知|决议))",
        r"(?<=[〕］\]])(?P<n>\d{1,4})(?=号)",
        r"(?<![前头后续第])(?P<n>[一二三四1-4])(?=季度)",
    )
)
_HALF_YEAR = re.compile("(?P<n>[上下])(?=半年|半叶|半场)")
_LABEL = re.compile(r"(?:表|图|附件|附录|附表|附图|专栏)\s?(?P<n>\d+)(?![\d人个名张件幅])")
_PLAN = re.compile(r"(?P<n>十[一二三四五]|[一二三四五六七八九十])(?P<five>五)")
_PARTS = re.compile(rf"(?P<bottom>\d{{1,9}}|[{_H}]{{1,9}})分之")
_TIMES = re.compile(r"翻(?:了)?(?P<n>[一两二三四五]|\d)?(?:了)?番")
_HALVED = re.compile("减半")
_HALF = re.compile(f"一半|过半|半数|半(?={UNIT})(?!天)")
_VAGUE = re.compile(
    "(?:好?几|数)[十百千万亿]+|[一二三四五六七八九]?十几[万亿]?|成千上万|成百上千|千千万万|"
    "数以[十百千万亿]+计"
)
_REACHED = re.compile("上(?P<n>[百千万亿]{1,2})")
_PLACE_BEFORE = set("以网马线身路世天晚早会山海楼地车")
_COUNT_BEFORE = set("函参指系倍次个总人多少岁基无级分户")


def read_ordinal(text: str, at: int) -> tuple[Numeral, ...]:
    """An ordinal: 第24届, 首批, 一是, (一), 一等奖, 上半年, 表3, 十七届, 一季度.

    >>> [(str(n.value), n.unit) for n in read_ordinal("第24届", 0)]
    [('24', '届')]
    """
    if match := _FIRST.match(text, at):
        return (with_unit(text, _numeral(Decimal(1), match.start(), match.end(), match.span())),)
    if match := _HALF_YEAR.match(text, at):
        value = Decimal("上下".index(match["n"]) + 1)
        return (with_unit(text, _numeral(value, at, match.end(), match.span("n"))),)
    for form in (_ORDINAL, _BRACKETED, _PRIZE, _LABEL, *_UNMARKED):
        if match := form.match(text, at):
            return _counted(text, match)
    if (match := _LISTED.match(text, at)) and _heads_clause(text, match):
        return _counted(text, match)
    return ()


def read_plan(text: str, at: int) -> tuple[Numeral, ...]:
    """The short name of a five-year plan: “十一五” is the ordinal 11 and the cardinal 5.

    >>> [(str(n.value), n.kind.value) for n in read_plan("“十一五”", 1)]
    [('11', 'ordinal'), ('5', 'cardinal')]
    """
    match = _PLAN.match(text, at)
    if not match:
        return ()
    quoted = at and text[at - 1] in '“「"' and text[match.end() : match.end() + 1] in '”」"'
    if not quoted and len(match["n"]) == 1:
        return ()
    hanzi = read_hanzi(match["n"], 0)
    five = match.span("five")
    return (
        _numeral(hanzi.value if hanzi else None, at, five[0], match.span("n")),
        Numeral(Decimal(5), NumeralKind.CARDINAL, *five, *five),
    )


def read_fraction(text: str, at: int) -> tuple[Numeral, ...]:
    """A fraction or a percentage in words: 三分之一, 百分之十二, 千分之三, 一半, 半年.

    >>> [(str(n.value), n.kind.value) for n in read_fraction("百分之十二", 0)]
    [('12', 'percent')]
    """
    if match := _HALF.match(text, at):
        hedge = Qualifier.MORE_THAN if match[0] == "过半" else Qualifier.EXACT
        half = Numeral(Decimal("0.5"), NumeralKind.FRACTION, *match.span(), *match.span(), hedge)
        return (with_unit(text, half),)
    match = _PARTS.match(text, at)
    top = read_cardinal(text, match.end()) if match else ()
    bottom = _integer(match["bottom"]) if match else 0
    if not match or not top or not bottom or top[0].value is None:
        return ()
    kind = NumeralKind.PERCENT if match["bottom"] == "百" else NumeralKind.FRACTION
    value = top[0].value if bottom == 100 else _THIRDS.divide(top[0].value, Decimal(bottom))
    end = top[0].end
    return (Numeral(value, kind, at, end, at, end, top[0].hedge),)


def read_multiple(text: str, at: int) -> tuple[Numeral, ...]:
    """翻番 and 翻一番 are 2, 翻两番 is 4, 减半 is 0.5."""
    if match := _HALVED.match(text, at):
        return (_of(Decimal("0.5"), NumeralKind.MULTIPLE, match),)
    if match := _TIMES.match(text, at):
        times = _integer(match["n"]) if match["n"] else 1
        multiple = _of(Decimal(2**times), NumeralKind.MULTIPLE, match)
        more = text[match.end() : match.end() + 1] == "多"
        return (
            replace(multiple, hedge=Qualifier.MORE_THAN, end=match.end() + 1) if more else multiple,
        )
    return ()


def read_vague(text: str, at: int) -> tuple[Numeral, ...]:
    """A number that is not told (数十, 几百, 十几, 成千上万); 上千 is at least a thousand."""
    before = text[at - 1] if at else ""
    if match := _REACHED.match(text, at):
        if before in _PLACE_BEFORE:
            return ()
        value = Decimal(1)
        for character in match["n"]:
            value *= (SMALL | LARGE)[character]
        reached = Numeral(
            value, NumeralKind.CARDINAL, at, match.end(), *match.span("n"), Qualifier.AT_LEAST
        )
        return (with_unit(text, reached),)
    match = _VAGUE.match(text, at)
    if not match or (match[0][0] == "数" and before in _COUNT_BEFORE):
        return ()
    return (with_unit(text, _of(None, NumeralKind.VAGUE, match)),)


def read_neighbours(text: str, at: int) -> tuple[Numeral, ...]:
    """两三个: the ends of a range, 2 and 3."""
    pair = read_pair(text, at)
    if not pair:
        return ()
    low, high, middle = pair
    second = Numeral(
        high.value, NumeralKind.CARDINAL, middle, high.end, middle, high.end, role=Role.END
    )
    second = with_suffix(text, second)
    value = low.value * 10 if second.kind is NumeralKind.PERCENT else low.value
    first = Numeral(value, second.kind, at, middle, at, middle, unit=second.unit, role=Role.START)
    return (first, second)


def _counted(text: str, match: re.Match[str]) -> tuple[Numeral, ...]:
    if match["n"].isdecimal():
        value, end = Decimal(match["n"]), match.end("n")
    else:
        hanzi = read_hanzi(text, match.start("n"))
        if not hanzi or hanzi.end > match.end("n"):
            return ()
        value, end = hanzi.value, hanzi.end
    whole = match.end() if end == match.end("n") else end
    return (with_unit(text, _numeral(value, match.start(), whole, (match.start("n"), end))),)


def _heads_clause(text: str, match: re.Match[str]) -> bool:
    before = text[match.start() - 1] if match.start() else "\n"
    if text[match.end() : match.end() + 1] == "、":
        return before == "\n"
    return before in "\n。;；:：,，"


def _integer(written: str) -> int:
    if written.isdecimal():
        return int(written)
    hanzi = read_hanzi(written, 0)
    return int(hanzi.value) if hanzi and hanzi.end == len(written) else 0


def _numeral(value: Decimal | None, start: int, end: int, number: tuple[int, int]) -> Numeral:
    return Numeral(value, NumeralKind.ORDINAL, start, end, *number)


def _of(value: Decimal | None, kind: NumeralKind, match: re.Match[str]) -> Numeral:
    return Numeral(value, kind, *match.span(), *match.span())
