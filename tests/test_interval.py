"""The arithmetic of bounds is sound: what is true of all numbers in them is true of the bounds."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yearbook.interval import INFINITY, Interval, Verdict, combine, gap, interval, judge, point
from yearbook.specimen import fact

small = st.integers(-9, 9).map(Decimal)


@st.composite
def bounds(draw: st.DrawFn) -> tuple[Interval, Decimal]:
    """An interval and a number that lies in it."""
    low, inside, high = sorted(draw(st.tuples(small, small, small)))
    shape = Interval(
        -INFINITY if draw(st.booleans()) and draw(st.booleans()) else low,
        INFINITY if draw(st.booleans()) else high,
        low_open=draw(st.booleans()) and low < inside,
        high_open=draw(st.booleans()) and inside < high,
    )
    return shape, inside


def _holds(within: Interval, number: Decimal) -> bool:
    above = within.low < number or (within.low == number and not within.low_open)
    return above and (number < within.high or (number == within.high and not within.high_open))


@given(bounds(), bounds(), st.sampled_from("+-*/"))
def test_sound(left: tuple[Interval, Decimal], right: tuple[Interval, Decimal], sign: str) -> None:
    """The result of two numbers lies in the result of their bounds."""
    (a, x), (b, y) = left, right
    if sign == "/" and b.low <= 0:
        with pytest.raises(ZeroDivisionError):
            combine(sign, a, b)
        return
    result = {"+": x + y, "-": x - y, "*": x * y, "/": x / y if y else x}[sign]
    assert _holds(combine(sign, a, b), result)


@given(bounds(), bounds(), st.sampled_from(["=", ">=", "<="]))
def test_verdict(
    left: tuple[Interval, Decimal], right: tuple[Interval, Decimal], sign: str
) -> None:
    """A verdict is never contradicted by two numbers within the bounds; a failure has a gap."""
    (a, x), (b, y) = left, right
    true = {"=": x == y, ">=": x >= y, "<=": x <= y}[sign]
    verdict = judge(sign, a, b)
    assert verdict is Verdict.UNDECIDED or (verdict is Verdict.HOLDS) == true
    if verdict is Verdict.FAILS:
        assert gap(a, b).is_finite()


def test_hedges_of_negative_figures() -> None:
    """Nearly minus five is below it, with no end; nearly five is not below zero."""
    assert interval(fact("x", -5, qualifier="nearly")).low == -INFINITY
    assert interval(fact("x", 5, qualifier="nearly")).low == 0


def test_open_ends_of_products() -> None:
    """An end is open unless some pair of numbers reaches it."""
    above_zero = Interval(Decimal(0), Decimal(5), low_open=True)
    assert combine("*", above_zero, point(Decimal(2))).low_open
    to_two = Interval(Decimal(-2), Decimal(2), low_open=True)
    six = combine("*", to_two, Interval(Decimal(-3), Decimal(3)))
    assert (six.high, six.high_open) == (Decimal(6), False)


def test_thirds() -> None:
    """A quotient that does not end is still equal to itself, and its gap is short."""
    third = combine("/", point(Decimal(1)), point(Decimal(3)))
    assert judge("=", combine("*", third, point(Decimal(3))), point(Decimal(1))) is Verdict.HOLDS
    assert gap(third, point(Decimal(1))) == Decimal("-0.666667")
