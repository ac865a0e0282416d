"""Slips of the hand, made on purpose."""

from decimal import Decimal

import pytest

from yearbook.slips import slips


@pytest.mark.parametrize(
    ("value", "slip"),
    [
        ("437", "537"),
        ("437", "37"),
        ("437", "4437"),
        ("437", "473"),
        ("437", "4370000"),
        ("440000", "44"),
        ("7.15", "7.51"),
        ("-5", "-55"),
    ],
)
def test_kinds(value: str, slip: str) -> None:
    """A digit mistyped, lost, doubled, two swapped, 万 too many or too few, decimals too."""
    assert Decimal(slip) in slips(Decimal(value))


@pytest.mark.parametrize("value", ["0", "7", "11", "7.15", "-5", "440000"])
def test_no_slip_is_the_figure(value: str) -> None:
    """Each slip changes the figure, and none comes twice."""
    made = slips(Decimal(value))
    assert Decimal(value) not in made
    assert len(made) == len(set(made)) > 0
