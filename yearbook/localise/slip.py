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
_SCALES = ((100, Slip.UNIT, 4), (1000, Slip.UNIT, 4), (10_000, Slip.WAN, 2))
"""Factors between units, the slip, and over how many cases its share is spread."""


class Origin(NamedTuple):
    """A figure that may have been meant: its digits as a number, the slip, minus log likelihood."""

    digits: int
    slip: Slip
    cost: float


@lru_cache(maxsize=20_000)
def origins(typed: int) -> tuple[Origin, ...]:
    """Every figure from which one slip makes the typed one.

    ``typed`` counts in steps of the last printed digit. Where two slips lead to the same figure
    their likelihoods add up and the likelier one names it.

    >>> [(each.digits, each.slip.value) for each in origins(110) if each.digits == 101]
    [(101, 'digits-swapped')]
    >>> [each.slip.value for each in origins(437) if each.digits in (-437, 4_370_000, 4370)]
    ['zero-lost', 'wan', 'sign']
    """
    total: dict[int, float] = {}
    best: dict[int, tuple[float, Slip]] = {}
    sign = -1 if typed < 0 else 1
    for size, slip, likelihood in (*_digits(str(abs(typed))), *_scaled(abs(typed))):
        true = sign * size
        total[true] = total.get(true, 0.0) + likelihood
        if true not in best or likelihood > best[true][0]:
            best[true] = likelihood, slip
    if typed:
        total[-typed], best[-typed] = SHARE[Slip.SIGN], (1.0, Slip.SIGN)
    total.pop(typed, None)
    return tuple(Origin(true, best[true][1], -log(chance)) for true, chance in total.items())


def _digits(typed: str) -> Iterator[tuple[int, Slip, float]]:
    """Slips of single digits, undone: the true figure, the slip, its likelihood."""
    for true, slip, likelihood in (
        *_same_length(typed),
        *_other_length(typed),
        *_fronted(typed),
    ):
        if true[:1] not in ("", "0") or true == "0":
            yield int(true), slip, likelihood


def _fronted(typed: str) -> Iterator[tuple[str, Slip, float]]:
    """Slips that left a zero in front, which no number keeps."""
    length = len(typed)
    yield typed[0] + "0" + typed[1:], Slip.SWAPPED, SHARE[Slip.SWAPPED] / length
    for digit in "123456789":
        yield digit + typed, Slip.DIGIT, SHARE[Slip.DIGIT] / (9 * (length + 1))
        yield digit + "0" + typed, Slip.LOST, SHARE[Slip.LOST] / (length + 2)


def _same_length(typed: str) -> Iterator[tuple[str, Slip, float]]:
    length = len(typed)
    for at, digit in enumerate(typed):
        for other in "0123456789":
            if other != digit:
                changed = typed[:at] + other + typed[at + 1 :]
                yield changed, Slip.DIGIT, SHARE[Slip.DIGIT] / (9 * length)
    for at in range(length - 1):
        swapped = typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :]
        yield swapped, Slip.SWAPPED, SHARE[Slip.SWAPPED] / (length - 1)


def _other_length(typed: str) -> Iterator[tuple[str, Slip, float]]:
    length = len(typed)
    for at in range(length + 1):
        for digit in "0123456789":
            longer = typed[:at] + digit + typed[at:]
            yield longer, Slip.LOST, SHARE[Slip.LOST] / (length + 1)
    for at in range(length):
        yield typed[:at] + typed[at + 1 :], Slip.EXTRA, SHARE[Slip.EXTRA] / (10 * length)


def _scaled(typed: int) -> Iterator[tuple[int, Slip, float]]:
    """Zeros and unit factors, undone."""
    if not typed:
        return
    yield typed * 10, Slip.ZERO_LOST, SHARE[Slip.ZERO_LOST]
    if typed % 10 == 0:
        yield typed // 10, Slip.ZERO_EXTRA, SHARE[Slip.ZERO_EXTRA]
    for factor, slip, cases in _SCALES:
        yield typed * factor, slip, SHARE[slip] / cases
        if typed % factor == 0:
            yield typed // factor, slip, SHARE[slip] / cases


def named(typed: int, true: int) -> Slip:
    """The slip that makes one figure into the other, or that no single one does.

    >>> named(110, 101).value, named(72000, 7).value
    ('digits-swapped', 'other')
    """
    return next((each.slip for each in origins(typed) if each.digits == true), Slip.OTHER)
