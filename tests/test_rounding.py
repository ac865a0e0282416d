"""Round bounds of exact figures: true, or refused."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from yearbook.model import Qualifier
from yearbook.numbers import NumberError
from yearbook.rounding import STEPS, holds, rounded, step
from yearbook.specimen import fact


@given(st.integers(1, 10**9), st.sampled_from(sorted({*STEPS.values(), 500})), st.booleans())
def test_true(value: int, size: int, up: bool) -> None:
    """A round bound is a multiple of its step, and true of the figure it stands for."""
    assume(value >= size)
    bound = rounded(fact("a", value), size, up)
    assert bound.value % size == 0
    assert abs(bound.value - value) < size
    if up and bound.qualifier is Qualifier.NEARLY:
        assert bound.value > value
    else:
        assert holds(Decimal(value), bound.qualifier, bound.value)


@pytest.mark.parametrize("qualifier", [each for each in Qualifier if each is not Qualifier.EXACT])
def test_hedged(qualifier: Qualifier) -> None:
    """A hedged figure has no round bound."""
    with pytest.raises(NumberError, match="hedged"):
        rounded(fact("a", 3214, qualifier=qualifier), 100)


@pytest.mark.parametrize(("value", "unit"), [(99, "person"), (1986, "year"), (24, "group")])
def test_refused(value: int, unit: str) -> None:
    """What is below a step, or is no quantity, is not rounded."""
    with pytest.raises(NumberError, match="cannot be rounded"):
        rounded(fact("a", value, unit), 100 if unit == "person" else 10)


@pytest.mark.parametrize("to", ["dozens", "", 0, 1, -10])
def test_no_step(to: int | str) -> None:
    """What is no step is refused."""
    with pytest.raises(NumberError, match="no step"):
        step(to)


@pytest.mark.parametrize(
    ("exact", "hedge", "printed", "true"),
    [
        (3200, Qualifier.EXACT, 3200, True),
        (3201, Qualifier.EXACT, 3200, False),
        (3200, Qualifier.MORE_THAN, 3200, False),
        (3200, Qualifier.AT_LEAST, 3200, True),
        (3199, Qualifier.AT_LEAST, 3200, False),
        (3200, Qualifier.AT_MOST, 3200, True),
        (3201, Qualifier.AT_MOST, 3200, False),
        (3200, Qualifier.NEARLY, 3200, False),
        (2880, Qualifier.NEARLY, 3200, True),
        (2879, Qualifier.NEARLY, 3200, False),
        (3360, Qualifier.ABOUT, 3200, True),
        (3361, Qualifier.ABOUT, 3200, False),
        (3040, Qualifier.ABOUT, 3200, True),
    ],
)
def test_holds(exact: int, hedge: Qualifier, printed: int, true: bool) -> None:
    """Each hedge at its edge."""
    assert holds(Decimal(exact), hedge, Decimal(printed)) is true
