"""Figures as columns: the order of codes, rows without a code, periods that are equal."""

from dataclasses import replace

from yearbook.columns import columns
from yearbook.model import Period
from yearbook.specimen import fact


def test_rows_without_code() -> None:
    """An empty cell of a dimension is no code."""
    facts = [replace(fact(n, 1), dimensions={"rank": n}) for n in ("high", "", "low", "high")]
    made = columns(facts).dimensions["rank"]
    assert [made.names[row] if row >= 0 else None for row in made.rows.tolist()] == [
        *("high", None, "low", "high"),
    ]


def test_equal_periods_are_one() -> None:
    """Periods that are equal but not the same object are one context; others are another."""
    facts = [replace(fact("a", 1), period=Period(year, year)) for year in ("2010", "2010", "2009")]
    first, second, third = columns(facts).context.rows.tolist()
    assert first == second != third


def test_nothing() -> None:
    """A table without figures has columns without rows."""
    assert columns([]).values.size == 0
