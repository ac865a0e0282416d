"""Finds and values every numeral of a sentence, in English and in Chinese. Reads no files."""

import re
from collections.abc import Collection
from functools import lru_cache

from yearbook.lexer.token import Numeral, NumeralKind, Role, Style
from yearbook.model import Language

__all__ = ["Numeral", "NumeralKind", "Role", "Style", "masked", "read"]


def read(text: str, language: Language, idioms: Collection[str] = ()) -> tuple[Numeral, ...]:
    """The numerals of a text in order, none overlapping another.

    ``idioms`` are phrases of that language that hold a number word but count nothing; they mask
    the words they cover unless a longer numeral starts at the same place (十分 does not hide
    十分钟, 一批 does not hide 第一批).

    >>> for n in read("more than 3,200 institutes", Language.EN):
    ...     print(n.value, n.kind.value, n.hedge.value, n.unit)
    3200 cardinal more_than institutes
    >>> for n in read("3000多万元", Language.ZH):
    ...     print(n.value, n.kind.value, n.hedge.value, n.unit)
    30000000 cardinal more_than 元
    """
    return _read(text, language, _phrases(idioms))


def ready() -> None:
    """Load the grammars of both languages, for all who are forked later."""
    for language in Language:
        read("0", language)


@lru_cache(maxsize=32768)
def _read(text: str, language: Language, idioms: frozenset[str]) -> tuple[Numeral, ...]:
    """A text is read once, however many pages, editions and checks ask for it."""
    masks = _pattern(idioms, language)
    # The grammars of a language take long to load, and many tables have no words to be read.
    if language is Language.ZH:
        from yearbook.lexer.chinese import read_chinese

        return read_chinese(text, masks)
    from yearbook.lexer.english import read_english

    return read_english(text, masks)


def masked(text: str, language: Language, idioms: Collection[str]) -> tuple[tuple[int, int], ...]:
    """Where the phrases of a list stand in a text.

    >>> masked("on both sides", Language.EN, {"both sides"})
    ((3, 13),)
    """
    return _masked(text, language, _phrases(idioms))


def _phrases(idioms: Collection[str]) -> frozenset[str]:
    """The same set if it is one: its hash is worked out once."""
    if isinstance(idioms, frozenset) and "" not in idioms:
        return idioms
    return frozenset(filter(None, idioms))


@lru_cache(maxsize=16384)
def _masked(text: str, language: Language, idioms: frozenset[str]) -> tuple[tuple[int, int], ...]:
    pattern = _pattern(idioms, language)
    return tuple(match.span() for match in pattern.finditer(text)) if pattern else ()


@lru_cache(maxsize=8)
def _pattern(idioms: frozenset[str], language: Language) -> re.Pattern[str] | None:
    phrases = "|".join(
        re.escape(phrase).replace(r"\ ", r"\s+") for phrase in sorted(idioms, key=_longest_first)
    )
    if not phrases:
        return None
    if language is Language.ZH:
        return re.compile(phrases)
    return re.compile(rf"(?<![A-Za-z\d])(?:{phrases})(?![A-Za-z\d])", re.IGNORECASE)


def _longest_first(phrase: str) -> tuple[int, str]:
    return -len(phrase), phrase
