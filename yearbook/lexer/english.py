"""Every numeral of an English sentence."""

import re
from dataclasses import replace

from yearbook.lexer.english_context import in_context
from yearbook.lexer.english_dates import MONTHS, read_date, read_decade
from yearbook.lexer.english_forms import (
    read_code,
    read_fraction,
    read_multiple,
    read_ordinal,
    read_span,
    read_vague,
)
from yearbook.lexer.english_numbers import read_number
from yearbook.lexer.english_words import WORDS
from yearbook.lexer.scan import fold, scan
from yearbook.lexer.token import Numeral

_RULES = (
    read_date,
    read_decade,
    read_ordinal,
    read_fraction,
    read_multiple,
    read_vague,
    read_span,
    read_number,
    read_code,
)
_STARTS = re.compile(
    r"(?<![A-Za-z\d])(?:[-+]?(?:(?:US|HK)?[$€£¥￥]|(?:RMB|CNY|USD|EUR)\s?)?\d|'\d0s|"
    r"[A-Za-z]+\d|[A-Z][A-Za-z]*-\d|[IVX]{2,}(?![A-Za-z])|"
    rf"(?:{MONTHS})(?![A-Za-z])|(?:Part|Chapter|Section|Volume|Table|Figure|Fig\.|Chart|Appendix|"
    r"Annex|Article|Phase|Stage|Type|Class|Grade|Level|Title|Item|Note|Book|War|Nos?\.|no\.)"
    r"\s?(?:\d|[IVXLC])|"
    rf"(?i:(?:{WORDS}|half|twice|thrice|tens|dozens|scores|hundreds|thousands|millions|billions|"
    r"decades?|century|centuries|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|"
    r"(?:re)?doubl[a-z]+|tripl[a-z]+|trebl[a-z]+|quadrupl[a-z]+|quintupl[a-z]+|halv[a-z]+|[a-z]+fold)(?![a-z])|"
    r"(?:an?|several|a\s+few|many\s+an?|a\s+couple(?:\s+of)?)\s+(?:dozen|hundred|thousand|"
    r"million|billion|trillion|decade|century|half|quarter|third|fifth|tenth)|(?:minus|negative)\s+[\d$€£¥]))"
    r"|[\u2160-\u216b①-⑳½⅓⅔¼¾⅕]|\d"
)


def read_english(text: str, idioms: re.Pattern[str] | None) -> tuple[Numeral, ...]:
    """The numerals of an English text in order; ``idioms`` finds the phrases that count nothing."""
    plain = fold(text)
    found = tuple(scan(plain, _STARTS, _RULES, idioms))
    return tuple(replace(n, text=text[n.start : n.end]) for n in in_context(plain, found))
