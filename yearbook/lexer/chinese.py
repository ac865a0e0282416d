"""Every numeral of a Chinese sentence."""

import re
from dataclasses import replace

from yearbook.lexer import english_forms
from yearbook.lexer.chinese_context import in_context
from yearbook.lexer.chinese_dates import read_date, read_decade
from yearbook.lexer.chinese_forms import (
    read_fraction,
    read_multiple,
    read_neighbours,
    read_ordinal,
    read_plan,
    read_vague,
)
from yearbook.lexer.chinese_numbers import HANZI
from yearbook.lexer.chinese_units import UNIT, read_cardinal
from yearbook.lexer.scan import fold, scan
from yearbook.lexer.token import Numeral

_RULES = (
    read_date,
    read_decade,
    read_plan,
    read_ordinal,
    read_fraction,
    read_multiple,
    read_neighbours,
    read_vague,
    read_cardinal,
    english_forms.read_code,
    english_forms.read_ordinal,
    english_forms.read_fraction,
)
_STARTS = re.compile(
    rf"(?<![A-Za-z\d%)）])[-+]?(?:[￥¥$€£])?\d|[{HANZI}第]|首[届批次个家期支位名项座轮部台例]|"
    rf"(?:负|零下)[\d{HANZI}]|(?:表|图|附件|附录|附表|附图|专栏)\s?\d|[(（][一二三四五六七八九十]|"
    rf"上(?:世纪\d|世纪[二三四五六七八九]|[百千万亿])|[上下]半[年叶场]|半数|过半|半(?:{UNIT})|翻了?[一两二三四五\d]?了?番|"
    r"减半|好?几[十百千万亿]|数[十百千万亿]|数以|成千|成百|"
    r"(?<![A-Za-z\d])[A-Za-z]+\d|(?<![A-Za-z\d])[A-Z][A-Za-z]*-\d|(?<![A-Za-z])[IVX]{2,}(?![A-Za-z])|"
    r"[壹贰叁肆伍陆柒捌玖拾佰仟]|[\u2160-\u216b①-⑳½⅓⅔¼¾⅕]|\d"
)


def read_chinese(text: str, idioms: re.Pattern[str] | None) -> tuple[Numeral, ...]:
    """The numerals of a Chinese text in order; ``idioms`` finds the words that count nothing."""
    plain = fold(text)
    found = tuple(scan(plain, _STARTS, _RULES, idioms))
    return tuple(replace(n, text=text[n.start : n.end]) for n in in_context(plain, found))
