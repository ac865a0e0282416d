"""What explanations come to: weighed for every office that may have typed the figures."""

import pytest

from yearbook.localise.move import Move
from yearbook.localise.outcome import Explanation, Outcome
from yearbook.localise.posterior import posterior
from yearbook.localise.slip import COMMON, OFFICES, Slip


def explained(cost: float, *slips: tuple[int, int, Slip]) -> Explanation:
    """An explanation by slips, each of a cell, its value and its kind."""
    moves = tuple(Move(((cell, value),), slip, cost / len(slips)) for cell, value, slip in slips)
    return Explanation(moves, cost)


def test_one_explanation_is_certain() -> None:
    """What alone explains a rule is so whoever typed it."""
    values = posterior(Outcome((explained(5.0, (1, 101, Slip.SWAPPED)),))).values()
    assert (values[1][101].probability, values[1][101].sure) == pytest.approx((1.0, 1.0))


def test_offices_differ() -> None:
    """A rarer slip is likely in one office and not in the other: it is not sure."""
    outcome = Outcome((explained(5.0, (1, 101, Slip.SWAPPED)), explained(7.0, (2, 49, Slip.DIGIT))))
    values = posterior(outcome).values()
    assert values[1][101].probability > values[2][49].probability
    assert values[1][101].sure < 0.5 < values[1][101].probability
    assert sum(values[cell][value].probability for cell, value in ((1, 101), (2, 49))) == (
        pytest.approx(1.0)
    )


def test_what_was_not_looked_into_counts() -> None:
    """It takes from every explanation; where nothing was found there is nothing to weigh."""
    (found,) = (explained(5.0, (1, 9, Slip.DIGIT)),)
    values = posterior(Outcome((found,), unexplored=1.0)).values()
    assert values[1][9].sure < values[1][9].probability < 0.7
    assert not posterior(Outcome((found,), unexplored=float("inf"))).values()
    assert not posterior(Outcome(())).values()


def test_second_slips_come_together() -> None:
    """Two slips at the cost of one are the likelier explanation; their cells are suspected
    together."""
    outcome = Outcome(
        (
            explained(9.0, (1, 9, Slip.DIGIT)),
            explained(9.0, (2, 8, Slip.DIGIT), (3, 7, Slip.DIGIT)),
        )
    )
    weighed = posterior(outcome)
    assert weighed.values()[2][8].probability > weighed.values()[1][9].probability
    assert weighed.likeliest({1, 2, 3}) == {2, 3}
    assert weighed.likeliest({1, 2}) == {2}
    assert weighed.likeliest({4}) == frozenset()


def test_offices_are_shares() -> None:
    """The slips of an office and the offices themselves make a whole."""
    assert sum(COMMON) == pytest.approx(1.0)
    assert [sum(office.values()) for office in OFFICES] == pytest.approx([1.0] * len(OFFICES))
