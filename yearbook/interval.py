"""What a hedged figure may be, and what can be said of two of them: holds, fails, or cannot be
decided."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from yearbook.model import Fact, Qualifier

INFINITY = Decimal("Infinity")


class Verdict(StrEnum):
    """What a rule comes to."""

    HOLDS = "holds"
    FAILS = "fails"
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
    value, tenth = fact.value, abs(fact.value) / 10
    return {
        Qualifier.EXACT: Interval(value, value),
        Qualifier.MORE_THAN: Interval(value, INFINITY, low_open=True),
        Qualifier.AT_LEAST: Interval(value, INFINITY),
        Qualifier.NEARLY: Interval(Decimal(0), value, high_open=True),
        Qualifier.AT_MOST: Interval(Decimal(0), value),
        Qualifier.ABOUT: Interval(value - tenth, value + tenth),
    }[fact.qualifier]


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


def combine(sign: str, left: Interval, right: Interval) -> Interval:
    """The arithmetic of bounds, for figures that are not negative.

    >>> combine("+", point(Decimal(3)), Interval(Decimal(6), INFINITY, low_open=True)).low
    Decimal('9')
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
    if sign == "/":
        if right.low <= 0:
            raise ZeroDivisionError("a rule must not divide by a figure that may be zero")
        high = INFINITY if left.high == INFINITY else left.high / right.low
        low = Decimal(0) if right.high == INFINITY else left.low / right.high
        return Interval(low, high)
    return Interval(left.low * right.low, left.high * right.high)


def judge(sign: str, left: Interval, right: Interval) -> Verdict:
    """The verdict of one comparison."""
    if sign == "=":
        return equal(left, right)
    return at_least(left, right) if sign == ">=" else at_least(right, left)
