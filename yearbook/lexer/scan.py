"""The scanner both languages share: leftmost first, then longest; an idiom masks what it covers."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from yearbook.lexer.token import Numeral

Rule = Callable[[str, int], tuple[Numeral, ...]]
"""Reads what starts exactly at a position: the numerals found there, or nothing."""

_HALF_WIDTH = str.maketrans(
    "０１２３４５６７８９．％：−‐‑－’\u3000\u2009\u202f\u00a0", "0123456789.%:----'    "
)
_GROUP_SPACE = re.compile(r"(?<=\d)[\u2009\u202f\u00a0](?=\d{3}(?!\d))")
_GROUP_COMMA = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")


@dataclass(frozen=True, slots=True)
class Found:
    """Numerals of one reading, and ``floor``: where the numeral or idiom before it ends."""

    numerals: tuple[Numeral, ...]
    floor: int


def fold(text: str) -> str:
    """The text with full-width digits, odd spaces and odd hyphens made plain, of equal length.

    >>> fold("１，０２０人，７％")
    '1,020人，7%'
    """
    grouped = _GROUP_COMMA.sub(",", _GROUP_SPACE.sub(",", text))
    return grouped.translate(_HALF_WIDTH)


def scan(
    text: str, starts: re.Pattern[str], rules: Sequence[Rule], idioms: re.Pattern[str] | None
) -> Iterator[Found]:
    """Every numeral of a folded text in order; ``starts`` finds the positions worth trying.

    Of an idiom and a numeral the one that starts first wins, and of two with the same start the
    longer one; where both are equal the idiom wins.
    """
    position = floor = 0
    masks = _Masks(text, idioms)
    while start := starts.search(text, position):
        at = start.start()
        best = _longest(rule(text, at) for rule in rules)
        mask = masks.next(position)
        reach = best[-1].reach if best else at
        if mask and (mask[0] < at or (mask[0] == at and mask[1] >= reach)):
            position = floor = mask[1]
        elif best:
            yield Found(best, floor)
            position = floor = reach
        else:
            position = at + 1


def _longest(readings: Iterable[tuple[Numeral, ...]]) -> tuple[Numeral, ...]:
    return max(readings, key=lambda found: found[-1].reach if found else -1)


class _Masks:
    """The next idiom at or after a position, searched for once, not at every step."""

    def __init__(self, text: str, idioms: re.Pattern[str] | None) -> None:
        self._text, self._idioms = text, idioms
        self._found: tuple[int, int] | None = (-1, -1)

    def next(self, position: int) -> tuple[int, int] | None:
        if self._idioms and self._found and self._found[0] < position:
            match = self._idioms.search(self._text, position)
            self._found = match.span() if match else None
        return self._found if self._idioms else None
