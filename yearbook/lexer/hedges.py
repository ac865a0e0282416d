"""What both languages share about hedges: the symbols, and what is never hedged."""

from collections.abc import Mapping

from yearbook.lexer.token import NumeralKind
from yearbook.model import Qualifier

SYMBOLS = {
    ">": Qualifier.MORE_THAN, "<": Qualifier.NEARLY, "≈": Qualifier.ABOUT,
    "≥": Qualifier.AT_LEAST, "≤": Qualifier.AT_MOST,
}  # fmt: skip
"""The hedges of a table cell, where words do not fit."""

NEVER_HEDGED = frozenset({
    NumeralKind.YEAR, NumeralKind.YEAR_MONTH, NumeralKind.DATE, NumeralKind.MONTH_DAY,
    NumeralKind.MONTH, NumeralKind.DECADE, NumeralKind.CODE, NumeralKind.ORDINAL,
})  # fmt: skip
"""Kinds that name rather than measure: "around 2010" and 近2010年 bound nothing."""


def by_words(groups: Mapping[Qualifier, str]) -> dict[str, Qualifier]:
    """From the words of each hedge, parted by ``|``, to the hedge of each word, longest first.

    >>> by_words({Qualifier.ABOUT: "约|大约"})
    {'大约': <Qualifier.ABOUT: 'about'>, '约': <Qualifier.ABOUT: 'about'>}
    """
    pairs = ((words, hedge) for hedge, group in groups.items() for words in group.split("|"))
    return dict(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))
