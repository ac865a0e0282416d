"""Whether cells can be set so that all rules hold: proved in whole numbers, no digit lost."""

from dataclasses import replace
from decimal import Decimal

import pytest

from yearbook.constraint import Cell, Constraint, Sign, System
from yearbook.localise.exact import Settled, settled
from yearbook.localise.problem import FAR, Problem, stated
from yearbook.model import Kind, Place, Qualifier

PLACE = Place("x.csv", 2)
Terms = tuple[tuple[str, int], ...]


def made(values: dict[str, int], *rules: Terms, tolerance: int = 0, sign: Sign = "=") -> System:
    """Cells by name, and rules as terms that come to nothing."""
    cells = {name: Cell(name, Decimal(value), Decimal(1), PLACE) for name, value in values.items()}
    return System(
        cells,
        tuple(
            Constraint("r", terms, PLACE, sign=sign, tolerance=Decimal(tolerance))
            for terms in rules
        ),
    )


def problem(system: System) -> Problem:
    """All of it in whole numbers."""
    return stated(system, range(len(system.constraints)))


def found(given: Problem, names: str) -> Settled | None:
    """What the named cells can be set to under every rule."""
    cells = {given.numbers[name] for name in names}
    return settled(given, cells, range(len(given.rules)))


SUM: Terms = (("t", 1), ("a", -1), ("b", -1))
SAME: Terms = (("a", 1), ("c", -1))


def test_one_value() -> None:
    """What two rules ask of one cell it must be able to hold at once."""
    given = problem(made({"t": 12, "a": 9216, "b": 5, "c": 7}, SUM, SAME))

    assert found(given, "a") == Settled({given.numbers["a"]: 7}, {})
    assert found(given, "t") is None
    assert found(given, "b") is None
    other = problem(made({"t": 12, "a": 9216, "b": 5, "c": 8}, SUM, SAME))
    assert found(other, "a") is None
    assert found(other, "ab") == Settled({other.numbers["a"]: 8, other.numbers["b"]: 4}, {})


@pytest.mark.parametrize("far", [10**7, 10**15, 10**40])
def test_no_digit_is_lost(far: int) -> None:
    """One in ever so much is still one."""
    given = problem(made({"t": far + 1, "a": far, "b": 5, "c": far}, SUM, SAME))

    assert found(given, "t") == Settled({given.numbers["t"]: far + 5}, {})
    assert found(given, "c") is None


def test_halves_are_no_counts() -> None:
    """Half a person mends no rule; half of ten does if ones are printed, not if tens are."""
    twice: Terms = (("t", 1), ("a", -2))

    assert found(problem(made({"t": 9, "a": 3}, twice)), "a") is None
    assert found(problem(made({"t": 10, "a": 3}, twice)), "a") == Settled({1: 5}, {})
    tens = made({"t": 30, "a": 20}, twice)
    tens = replace(tens, cells={n: replace(c, step=Decimal(10)) for n, c in tens.cells.items()})
    assert found(problem(tens), "a") is None


def test_halves_show_where_equations_meet() -> None:
    """Equations each of which has whole solutions may have none together."""
    rules: tuple[Terms, ...] = (
        (("t", 1), ("a", -1), ("b", -1)),
        (("u", 1), ("a", -1), ("b", 1)),
    )
    assert found(problem(made({"t": 9, "u": 2, "a": 1, "b": 1}, *rules)), "ab") is None
    given = problem(made({"t": 9, "u": 3, "a": 1, "b": 1}, *rules))
    assert found(given, "ab") == Settled({given.numbers["a"]: 6, given.numbers["b"]: 3}, {})


def test_counts_are_not_negative() -> None:
    """A part cannot make up for another by going below zero, unless it is a measure."""
    system = made({"t": 100, "a": 5000, "b": 6000}, SUM)

    assert found(problem(system), "a") is None
    assert found(problem(system), "t") == Settled({0: 11000}, {})
    measure = replace(system.cells["a"], kind=Kind.MEASURE)
    cold = problem(replace(system, cells={**system.cells, "a": measure}))
    assert found(cold, "a") == Settled({1: -5900}, {})


def test_a_choice_is_told() -> None:
    """Two parts of one sum may hold many values: an example and the ends of what each may be."""
    given = problem(made({"t": 100, "a": 5000, "b": 6000}, SUM))
    both = found(given, "ab")

    assert both
    assert both.values[1] + both.values[2] == 100
    assert both.rooms == {1: (0, 100), 2: (0, 100)}


def test_rounding_leaves_room() -> None:
    """Rounded sums need only come near; two of them may leave just one value, or none."""
    given = problem(made({"t": 100, "a": 60, "b": 70}, SUM, tolerance=1))
    near = found(given, "b")
    assert near
    assert near.rooms == {2: (39, 41)}

    both = problem(made({"t": 100, "a": 60, "b": 38, "c": 64}, SUM, SAME, tolerance=1))
    assert found(both, "a") == Settled({1: 63}, {})
    apart = problem(made({"t": 100, "a": 60, "b": 38, "c": 65}, SUM, SAME, tolerance=1))
    assert found(apart, "a") is None


def test_bounds_and_hedges() -> None:
    """A bound on one side leaves all beyond it; what is hedged may stand for any number."""
    part: Sign = ">="
    given = problem(made({"t": 43, "a": 101}, (("t", 1), ("a", -1)), sign=part))
    whole = found(given, "t")
    assert whole
    assert whole.rooms == {0: (101, FAR)}

    system = made({"t": 43, "a": 101}, (("t", 1), ("a", -1)))
    hedged = replace(system.cells["t"], qualifier=Qualifier.AT_MOST)
    loose = problem(replace(system, cells={**system.cells, "t": hedged}))
    assert found(loose, "a") == Settled({1: 21}, {1: (0, 43)})
    assert found(loose, "t") == Settled({0: 101}, {})
