"""Constraints over cells: what they come to, and when they fail for certain."""

from dataclasses import replace
from decimal import Decimal

import pytest

from yearbook.constraint import Cell, Constraint, Sign, System, cell
from yearbook.interval import INFINITY
from yearbook.model import Place, Qualifier
from yearbook.specimen import fact

PLACE = Place("data/x.csv", 2)


def system(values: dict[str, int | str], rule: Constraint) -> System:
    """Cells by name and one rule."""
    return System({name: cell(fact(name, value)) for name, value in values.items()}, (rule,))


def hedge(table: System, key: str, qualifier: Qualifier) -> System:
    """The same with one cell hedged."""
    return replace(
        table, cells={**table.cells, key: replace(table.cells[key], qualifier=qualifier)}
    )


@pytest.mark.parametrize(
    ("sign", "whole", "broken"),
    [
        ("=", 9, False),
        ("=", 8, True),
        ("=", 10, True),
        (">=", 9, False),
        (">=", 10, False),
        (">=", 8, True),
        ("<=", 8, False),
        ("<=", 10, True),
    ],
)
def test_signs(sign: Sign, whole: int, *, broken: bool) -> None:
    """A constraint fails on the side its sign forbids."""
    rule = Constraint("r", (("t", 1), ("a", -1), ("b", -1)), PLACE, sign=sign)

    assert system({"t": whole, "a": 3, "b": 6}, rule).broken(rule) is broken


def test_tolerance_and_constant() -> None:
    """Rounding is allowed for, to the last half step; the constant stands on the right."""
    rule = Constraint(
        "shares", (("a", 1), ("b", 1)), PLACE, constant=Decimal(100), tolerance=Decimal("0.1")
    )

    assert not system({"a": "33.3", "b": "66.6"}, rule).broken(rule)
    assert system({"a": "33.3", "b": "66.5"}, rule).broken(rule)
    assert system({"a": "33.3", "b": "66.9"}, rule).broken(rule)


def test_hedges_widen() -> None:
    """What a hedged cell may be decides nothing; its open end still excludes itself."""
    rule = Constraint("r", (("t", 1), ("a", -1)), PLACE)
    table = system({"t": 9, "a": 3}, rule)

    assert table.broken(rule)
    assert not hedge(table, "a", Qualifier.MORE_THAN).broken(rule)
    assert hedge(table, "t", Qualifier.MORE_THAN).residual(rule).high == INFINITY
    assert hedge(table, "t", Qualifier.MORE_THAN).broken(rule)
    touching = hedge(system({"t": 3, "a": 3}, rule), "t", Qualifier.MORE_THAN)
    assert touching.broken(rule)


def test_steps_are_those_of_the_written_precision() -> None:
    """A cell made from a fact keeps its place and what its last digit is worth."""
    made = cell(fact("money", "44.05", qualifier="about"), "money/2009")

    assert (made.step, made.where) == (Decimal("0.01"), "money/2009")
    assert made.key == str(made.place)
    assert made.bounds.low == Decimal("39.645")
    assert cell(fact("people", 440000)).step == 1


def test_an_unknown_cell_is_an_error() -> None:
    """A constraint over a cell that is not there is no silent zero."""
    rule = Constraint("r", (("t", 1),), PLACE)

    with pytest.raises(KeyError):
        System({}, (rule,)).residual(rule)
    assert Cell("k", Decimal(1), Decimal(1), PLACE).pinned is False
