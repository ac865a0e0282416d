"""What a hedged figure may be, and what can be said of two of them: holds, fails, or cannot be
decided."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum

from yearbook.model import Fact, Qualifier

INFINITY = Decimal("Infinity")
VAST = 21
"""From this power of ten on no figure can be meant, and six decimals would not fit a number."""
_SETTLED = Context(prec=20)
"""A quotient is known to 28 digits; two numbers that agree in 20 are the same number."""


class Verdict(StrEnum):
    """What a rule comes to; doubtful is what rounding could explain, but hardly ever does."""

    HOLDS = "holds"
    FAILS = "fails"
    DOUBTFUL = "is doubtful"
    UNDECIDED = "cannot be decided"


@dataclass(frozen=True, slots=True)
class Interval:
    """All a hedged figure may be: from ``low`` to ``high``; an open end excludes itself."""

    low: Decimal
    high: Decimal
    low_open: bool = False
    high_open: bool = False

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high


def point(value: Decimal) -> Interval:
    """A number that is known exactly."""
    return Interval(value, value)


def interval(fact: Fact) -> Interval:
    """What a fact may be. "Nearly 50" is taken as below 50; "about" as within a tenth.

    >>> from yearbook.specimen import fact
    >>> interval(fact("x", 600, qualifier="more_than"))
    Interval(low=Decimal('600'), high=Decimal('Infinity'), low_open=True, high_open=False)
    """
    return hedged(fact.value, fact.qualifier)


def hedged(value: Decimal, qualifier: Qualifier) -> Interval:
    """What a number with a hedge may be, as `interval` of a fact.

    >>> hedged(Decimal(50), Qualifier.ABOUT).high
    Decimal('55')
    """
    if qualifier is Qualifier.EXACT:
        return Interval(value, value)
    tenth = abs(value) / 10
    least = Decimal(0) if value > 0 else -INFINITY
    return {
        Qualifier.MORE_THAN: Interval(value, INFINITY, low_open=True),
        Qualifier.AT_LEAST: Interval(value, INFINITY),
        Qualifier.NEARLY: Interval(least, value, high_open=True),
        Qualifier.AT_MOST: Interval(least, value),
        Qualifier.ABOUT: Interval(value - tenth, value + tenth),
    }[qualifier]


def at_least(left: Interval, right: Interval) -> Verdict:
    """Whether ``left >= right``.

    >>> at_least(Interval(Decimal(600), INFINITY, low_open=True), point(Decimal(61)))
    <Verdict.HOLDS: 'holds'>
    >>> at_least(point(Decimal(5)), Interval(Decimal(3), INFINITY, low_open=True))
    <Verdict.UNDECIDED: 'cannot be decided'>
    >>> at_least(point(Decimal(3)), Interval(Decimal(3), INFINITY, low_open=True))
    <Verdict.FAILS: 'fails'>
    """
    if left.low >= right.high:
        return Verdict.HOLDS
    touching = left.high == right.low and (left.high_open or right.low_open)
    if left.high < right.low or touching:
        return Verdict.FAILS
    return Verdict.UNDECIDED


def equal(left: Interval, right: Interval) -> Verdict:
    """Whether both are the same number.

    >>> equal(point(Decimal(9)), point(Decimal(9)))
    <Verdict.HOLDS: 'holds'>
    """
    if left.exact and right.exact:
        return Verdict.HOLDS if left.low == right.low else Verdict.FAILS
    if Verdict.FAILS in (at_least(left, right), at_least(right, left)):
        return Verdict.FAILS
    return Verdict.UNDECIDED


End = tuple[Decimal, bool]
"""A bound, and whether it excludes itself."""


def combine(sign: str, left: Interval, right: Interval) -> Interval:
    """The arithmetic of bounds. Raises `ZeroDivisionError`.

    >>> combine("+", point(Decimal(3)), Interval(Decimal(6), INFINITY, low_open=True)).low
    Decimal('9')
    >>> combine("*", Interval(Decimal(-5), Decimal(3)), point(Decimal(2)))
    Interval(low=Decimal('-10'), high=Decimal('6'), low_open=False, high_open=False)
    """
    if sign == "+":
        return Interval(
            left.low + right.low,
            left.high + right.high,
            left.low_open or right.low_open,
            left.high_open or right.high_open,
        )
    if sign == "-":
        opposite = Interval(-right.high, -right.low, right.high_open, right.low_open)
        return combine("+", left, opposite)
    if sign == "/" and right.low <= 0:
        raise ZeroDivisionError("a rule must not divide by a figure that may be zero")
    return _corners(_quotient if sign == "/" else _product, left, right)


def _corners(join: Callable[[End, End], End], left: Interval, right: Interval) -> Interval:
    """The least and the greatest of what the ends give; an end that is reached is not open."""
    found = [join(one, other) for one in _ends(left) for other in _ends(right)]
    low = min(found)
    high = max(found, key=lambda end: (end[0], not end[1]))
    return Interval(low[0], high[0], low[1], high[1])


def _ends(interval: Interval) -> tuple[End, End]:
    return (interval.low, interval.low_open), (interval.high, interval.high_open)


def _product(left: End, right: End) -> End:
    if left[0] == 0 or right[0] == 0:
        reached = (Decimal(0), False) in (left, right)
        return Decimal(0), not reached
    return left[0] * right[0], left[1] or right[1]


def _quotient(left: End, right: End) -> End:
    if right[0] == INFINITY:
        return Decimal(0), left != (Decimal(0), False)
    return left[0] / right[0], left[1] or right[1]


def judge(sign: str, left: Interval, right: Interval) -> Verdict:
    """The verdict of one comparison.

    >>> third = combine("/", point(Decimal(1)), point(Decimal(3)))
    >>> judge("=", combine("*", third, point(Decimal(3))), point(Decimal(1)))
    <Verdict.HOLDS: 'holds'>
    """
    left, right = _settled(left), _settled(right)
    if sign == "=":
        return equal(left, right)
    return at_least(left, right) if sign == ">=" else at_least(right, left)


def _settled(interval: Interval) -> Interval:
    low, high = _SETTLED.plus(interval.low), _SETTLED.plus(interval.high)
    return Interval(low, high, interval.low_open, interval.high_open)


def gap(left: Interval, right: Interval) -> Decimal:
    """How far two bounds lie apart, left less right, to six decimals; of two numbers their
    difference. Meaningful where a comparison fails.

    >>> gap(point(Decimal(7)), point(Decimal(6)))
    Decimal('1')
    >>> gap(point(Decimal(3)), Interval(Decimal(5), INFINITY))
    Decimal('-2')
    """
    apart = left.high - right.low if left.high <= right.low else left.low - right.high
    if apart.adjusted() >= VAST:
        return apart
    rounded = round(apart, 6)
    return apart if rounded == apart else rounded
