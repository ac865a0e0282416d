"""Dates, months, years, decades and centuries in Chinese."""

import re
from decimal import Decimal

from yearbook.lexer.chinese_numbers import read_hanzi
from yearbook.lexer.numeric_dates import dated, read_numeric_date
from yearbook.lexer.token import Numeral, NumeralKind, Role

_H = "〇零○一二三四五六七八九"
_Y = rf"[12]\d{{3}}|[一二][{_H}]{{3}}"
_M = r"1[0-2]|0?[1-9]|十[一二]|十|[一二三四五六七八九]"
_D = (
    r"[12]\d|3[01]|0?[1-9]|三十一?|廿[一二三四五六七八九]?|"
    "二?十[一二三四五六七八九]?|[一二三四五六七八九]"
)
_J = r"\s?(?P<j>[-—–~～至到]|——)\s?"
_LEFT = re.compile(
    rf"(?:(?P<y>{_Y})年度?)(?:(?P<m>{_M})月份?(?:(?P<d>{_D})[日号])?)?|"
    rf"(?P<m_>{_M})月份?(?:(?P<d_>{_D})[日号])?|"
    r"(?<=[〔［\[])(?P<y_>[12]\d{3})(?=[〕］\]])"  # 国发〔2010〕5号
)
_RIGHT = re.compile(
    rf"{_J}(?=(?:{_Y})年|(?:{_M})月|(?:{_D})[日号])(?:(?P<y>{_Y})年)?"
    rf"(?:(?P<m>{_M})月份?)?(?:(?P<d>{_D})[日号])?"
)
_SHARED = tuple(
    re.compile(form)
    for form in (
        rf"(?P<y>{_Y}){_J}(?P<y2>{_Y})年度?",
        r"(?P<y>[12]\d{3})\s?(?P<j>[-—–~～])\s?(?P<y2>[12]\d{3})(?![\d%万亿,.])",
        r"(?P<y>[12]\d{3})(?P<j>[-—–~～])(?P<y2>\d{2})年(?![间来内以])",
        rf"(?:(?P<y>{_Y})年)?(?P<m>{_M}){_J}(?P<m2>{_M})月份?",
        r"(?P<m>[一二三四五六七八])(?P<j>)(?P<m2>[二三四五六七八九])月[份间]",
        rf"(?:(?P<y>{_Y})年)?(?P<m>{_M})月(?P<d>{_D}){_J}(?P<d2>{_D})[日号]",
    )
)
_DECADE = re.compile(
    r"(?:(?P<century>上|19|20|21|十九|二十|二十一)个?世纪(?P<of>\d0|[二三四五六七八九]十)|"
    r"(?P<full>[12]\d{2}0|[一二][〇零○一二三四五六七八九]{2}[〇零○])|(?P<short>[2-9]0|[二三四五六七八九]十))年代"
)
_DECADES = re.compile(
    r"(?:(?P<century>上|19|20|21|十九|二十|二十一)个?世纪)?"
    r"(?P<low>[二三四五六七八])(?P<high>[三四五六七八九])十年代"
)
_CENTURY = re.compile(r"(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})世纪")
_LENGTH_BEFORE = re.compile(r"(?:近|约|超过|逾|达|历时|历经|长达|大约)$")


def read_date(text: str, at: int) -> tuple[Numeral, ...]:
    """A date, a month or a year that starts here; a range gives both ends in full.

    >>> [(str(n.value), n.kind.value) for n in read_date("2010年4月16日", 0)]
    [('20100416', 'date')]
    >>> [str(n.value) for n in read_date("2010年4月至12月", 0)]
    ['201004', '201012']
    """
    if at and text[at - 1].isdecimal():
        return ()
    if numeric := read_numeric_date(text, at):
        return numeric
    for form in _SHARED:
        if match := form.match(text, at):
            return _both(match)
    left = _LEFT.match(text, at)
    if not left or _is_length(text, left):
        return ()
    parts = _parts(left)
    right = _RIGHT.match(text, left.end())
    if not right:
        return (_numeral(parts, at, left.end()),)
    y, m, d = _parts(right)
    then = (y or parts[0], m or (0 if y else parts[1]), d)
    return (
        _numeral(parts, at, left.end(), Role.START),
        _numeral(then, right.end("j"), right.end(), Role.END),
    )


def read_decade(text: str, at: int) -> tuple[Numeral, ...]:
    """A decade or a century: 20世纪80年代 and 八十年代 are 1980, 21世纪 is the ordinal 21.

    >>> read_decade("上世纪90年代", 0)[0].value
    Decimal('1990')
    """
    if match := _DECADES.match(text, at):
        first = (_century(match["century"]) - 1) * 100
        return tuple(
            Numeral(
                Decimal(first + 10 * _integer(match[part])), NumeralKind.DECADE,
                *span, *match.span(part), role=role,
            )
            for part, span, role in (
                ("low", (at, match.end("low")), Role.START),
                ("high", (match.start("high"), match.end()), Role.END),
            )
        )  # fmt: skip
    if match := _DECADE.match(text, at):
        if match["full"]:
            value = _integer(match["full"])
        else:
            value = (_century(match["century"]) - 1) * 100 + _integer(match["of"] or match["short"])
        return (Numeral(Decimal(value), NumeralKind.DECADE, at, match.end(), at, match.end()),)
    if match := _CENTURY.match(text, at):
        value, end = _integer(match["n"]), match.end("n")
        return (
            Numeral(
                Decimal(value), NumeralKind.ORDINAL, at, end, at, end,
                unit="世纪", unit_end=match.end(),
            ),
        )  # fmt: skip
    return ()


def _century(written: str | None) -> int:
    return 20 if written in (None, "上") else _integer(written)


def _is_length(text: str, match: re.Match[str]) -> bool:
    """近2000年 is a length of time, 超过2010年 is not: a length is told in round centuries."""
    round_years = match["y"] and not match["m"] and match["y"].endswith("00")
    return bool(
        round_years and _LENGTH_BEFORE.search(text[max(0, match.start() - 3) : match.start()])
    )


def _parts(match: re.Match[str]) -> tuple[int, int, int]:
    group = match.groupdict()
    return (
        _integer(group.get("y") or group.get("y_")),
        _integer(group.get("m") or group.get("m_")),
        _integer(group.get("d") or group.get("d_")),
    )


def _integer(written: str | None) -> int:
    if not written or written.isdecimal():
        return int(written or 0)
    hanzi = read_hanzi(written, 0)
    return int(hanzi.value) if hanzi else 0


def _both(match: re.Match[str]) -> tuple[Numeral, ...]:
    y, m, d = _parts(match)
    group = match.groupdict()
    last = _integer(group.get("y2")) or y
    then = (
        last if last >= 100 else y // 100 * 100 + last,
        _integer(group.get("m2")) or m,
        _integer(group.get("d2")) or d,
    )
    return (
        _numeral((y, m, d), match.start(), match.start("j"), Role.START),
        _numeral(then, match.end("j"), match.end(), Role.END),
    )


def _numeral(
    parts: tuple[int, int, int], start: int, end: int, role: Role = Role.SINGLE
) -> Numeral:
    return Numeral(*dated(*parts), start, end, start, end, role=role)
