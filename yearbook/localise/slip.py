"""The slips people make when they type a figure, how likely each is, and how to undo them.

A slip turns the true digits into the typed ones. Read backwards it gives, for what was typed,
every figure that one slip may have come from, with the probability of just that slip:
``SHARE[kind]`` spread evenly over the places where it may strike. The shares are a documented
prior (docs/localise.md), not measured in any one office.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from math import log
from typing import NamedTuple

from yearbook.model import Text


class Slip(StrEnum):
    """What went wrong while a figure was typed."""

    DIGIT = "digit"
    SWAPPED = "digits-swapped"
    LOST = "digit-lost"
    EXTRA = "digit-extra"
    ZERO_LOST = "zero-lost"
    ZERO_EXTRA = "zero-extra"
    UNIT = "unit"
    WAN = "wan"
    SIGN = "sign"
    NEIGHBOURS = "neighbours-swapped"
    OTHER = "other"


NAMES: Mapping[Slip, Text] = {
    Slip.DIGIT: Text("one digit mistyped", "一位数字有误"),
    Slip.SWAPPED: Text("two digits swapped", "相邻两位数字颠倒"),
    Slip.LOST: Text("a digit lost", "漏写一位数字"),
    Slip.EXTRA: Text("a digit too many", "多写一位数字"),
    Slip.ZERO_LOST: Text("a zero lost", "漏写一个零"),
    Slip.ZERO_EXTRA: Text("a zero too many", "多写一个零"),
    Slip.UNIT: Text("wrong unit, by a hundred or a thousand", "单位有误，相差百倍或千倍"),
    Slip.WAN: Text("wrong unit, by ten thousand (万)", "漏写或多写“万”"),
    Slip.SIGN: Text("wrong sign", "正负号有误"),
    Slip.NEIGHBOURS: Text("changed places with the cell beside it", "与相邻单元格的数值对调"),
    Slip.OTHER: Text("another number", "误写为其他数字"),
}
"""What an editor reads."""

SHARE: Mapping[Slip, float] = {
    Slip.DIGIT: 0.50,
    Slip.SWAPPED: 0.15,
    Slip.LOST: 0.12,
    Slip.EXTRA: 0.08,
    Slip.ZERO_LOST: 0.035,
    Slip.ZERO_EXTRA: 0.035,
    Slip.UNIT: 0.02,
    Slip.WAN: 0.03,
    Slip.SIGN: 0.02,
    Slip.OTHER: 0.01,
}
"""Of all slips in one cell so many are of each kind, in an office that makes all kinds."""
_REST = 0.05
OFFICES: tuple[Mapping[Slip, float], ...] = (
    SHARE,
    {
        slip: _REST * share + (1 - _REST if slip is Slip.DIGIT else 0)
        for slip, share in SHARE.items()
    },
)
"""That office, and one that hardly ever does more than mistype a digit. Nobody knows which of them
typed the figures: a suspect is probable if it is so for both."""
COMMON = (0.75, 0.25)
"""How common each is."""
RATE = 0.03
"""How many of a hundred cells are mistyped, before any rule is looked at."""
SWAP_RATE = 0.0003
"""How many of a hundred hundreds of neighbouring pairs have changed places."""
_DRAWN = frozenset((Slip.DIGIT, Slip.SWAPPED, Slip.LOST, Slip.EXTRA))
_SCALES = ((100, Slip.UNIT, 4), (1000, Slip.UNIT, 4), (10_000, Slip.WAN, 2))
"""Factors between units, the slip, and over how many cases its share is spread."""


class Origins(NamedTuple):
    """Figures that may have been meant, as numbers of their digits, the slip that made each the
    typed one, and minus its log likelihood: three columns, as there are many."""

    digits: tuple[int, ...]
    slips: tuple[Slip, ...]
    costs: tuple[float, ...]


@lru_cache(maxsize=500)
def origins(typed: int, *, whole: bool = False) -> Origins:
    """Every figure from which one slip makes the typed one.

    ``typed`` counts in steps of the last printed digit. Where two slips lead to the same figure
    their likelihoods add up and the likelier one names it. Figures are taken to be spread evenly
    over their orders of magnitude: of those that differ from the typed one by a digit or two, the
    smaller is the likelier, but not if it is a ``whole``, which its parts determine.

    >>> named(110, 101).value
    'digits-swapped'
    >>> [named(437, true).value for true in (-437, 4_370_000, 4370)]
    ['sign', 'wan', 'zero-lost']
    """
    size, sign = abs(typed), -1 if typed < 0 else 1
    total: dict[int, float] = {}
    best: dict[int, tuple[float, Slip]] = {}
    for slip, likelihood, figures in (*_digits(size), *_scaled(size)):
        named = likelihood, slip
        for true in figures:
            if true not in total:
                total[true], best[true] = likelihood, named
            else:
                total[true] += likelihood
                if likelihood > best[true][0]:
                    best[true] = named
    if size in total:
        del total[size], best[size]
    if typed:
        total[-size], best[-size] = SHARE[Slip.SIGN], (1.0, Slip.SIGN)
    slips = [slip for _, slip in best.values()]
    near, drawn = size or 1, () if whole else _DRAWN
    costs = [
        log((true or 1) / (near * chance)) if slip in drawn else -log(chance)
        for (true, chance), slip in zip(total.items(), slips, strict=True)
    ]
    digits = total if sign > 0 else [-true for true in total]
    return Origins(tuple(digits), tuple(slips), tuple(costs))


_Undone = tuple[Slip, float, list[int]]
"""A slip, the likelihood of just one such, and the figures it may have come from, one for each
place."""


def _digits(size: int) -> Iterator[_Undone]:
    """Slips of single digits, undone. No figure begins with a zero, unless it is one."""
    digits = [int(each) for each in str(size)]
    length = len(digits)
    tens = [10**place for place in range(length - 1, -1, -1)]
    same, longer, shorter = (
        10 ** (digit - 1) if digit > 1 else 0 for digit in (length, length + 1, length - 1)
    )
    yield Slip.DIGIT, SHARE[Slip.DIGIT] / (9 * length), _replaced(size, digits, tens, same)
    if length > 1:
        swapped = [
            size + 9 * ten * (after - before)
            for ten, before, after in zip(tens[1:], digits, digits[1:], strict=False)
        ]
        kept = [true for true in swapped if true >= same]
        yield Slip.SWAPPED, SHARE[Slip.SWAPPED] / (length - 1), kept
    lost = [
        true
        for ten in (10 * tens[0], *tens)
        for start in (size // ten * 10 * ten + size % ten,)
        for true in range(start, start + 10 * ten, ten)
        if true >= longer
    ]
    yield Slip.LOST, SHARE[Slip.LOST] / (length + 1), lost
    if length > 1:
        without = [size // (10 * ten) * ten + size % ten for ten in tens]
        kept = [true for true in without if true >= shorter]
        yield Slip.EXTRA, SHARE[Slip.EXTRA] / (10 * length), kept
    yield from _fronted(size, digits, tens)


def _replaced(size: int, digits: list[int], tens: list[int], least: int) -> list[int]:
    return [
        true
        for ten, digit in zip(tens, digits, strict=True)
        for start in (size - digit * ten,)
        for true in range(start, start + 10 * ten, ten)
        if true != size and true >= least
    ]


def _fronted(size: int, digits: list[int], tens: list[int]) -> Iterator[_Undone]:
    """Slips that left a zero in front, which no number keeps."""
    length, ten = len(digits), tens[0]
    if size:
        swapped = digits[0] * 10 * ten + size % ten
        yield Slip.SWAPPED, SHARE[Slip.SWAPPED] / length, [swapped]
    front = range(1, 10)
    for digit in front:
        led = 10 * ten * digit + size
        yield Slip.DIGIT, SHARE[Slip.DIGIT] / (9 * (length + 1)), [led]
        yield Slip.LOST, SHARE[Slip.LOST] / (length + 2), [led + 90 * ten * digit]


def _scaled(size: int) -> Iterator[_Undone]:
    """Zeros and unit factors, undone."""
    if not size:
        return
    yield Slip.ZERO_LOST, SHARE[Slip.ZERO_LOST], [size * 10]
    if size % 10 == 0:
        yield Slip.ZERO_EXTRA, SHARE[Slip.ZERO_EXTRA], [size // 10]
    for factor, slip, cases in _SCALES:
        figures = [size * factor, size // factor] if size % factor == 0 else [size * factor]
        yield slip, SHARE[slip] / cases, figures


def named(typed: int, true: int) -> Slip:
    """The slip that makes one figure into the other, or that no single one does.

    >>> named(110, 101).value, named(72000, 7).value
    ('digits-swapped', 'other')
    """
    found = origins(typed)
    return found.slips[found.digits.index(true)] if true in found.digits else Slip.OTHER
