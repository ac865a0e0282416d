"""Figures out of the ordinary: in long series, in short ones, and what justifies them."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.edits import bilingual
from yearbook.checks.plausible import check
from yearbook.finding import Finding, Severity
from yearbook.model import Code, Fact, Nature, Period, Place, Text
from yearbook.specimen import fact, records

STEADY = (100, 104, 103, 110, 112, 118, 121, 120)


def _year(number: int, value: int, unit: str = "person") -> Fact:
    year = str(number)
    return replace(fact("trained", value, unit), period=Period(year, year))


def _found(values: Sequence[int], nature: Nature | None = None) -> list[Finding]:
    facts = [_year(2010 - at, value) for at, value in enumerate(reversed(values))]
    code = Code("id", "trained", "", None, Text("a", "甲"), Place("c.csv"), nature)
    return list(check(records(*facts, codes=(code,))))


@pytest.mark.parametrize("last", [124, 118, 145])
def test_ordinary(last: int) -> None:
    """What other years did, and up to a quarter more or less, is ordinary."""
    assert not _found((*STEADY, last))


@pytest.mark.parametrize("last", [214, 12, 1240, 170])
def test_out_of_the_ordinary(last: int) -> None:
    """Swapped digits, a lost or an added one stand out of a steady series."""
    (found,) = _found((*STEADY, last))
    assert (found.rule, found.severity, found.where) == (
        *("implausible", Severity.WARNING),
        "trained",
    )
    assert found.difference == last - 120
    assert bilingual(found.what)
    assert bilingual(found.hint)


def test_wild_series() -> None:
    """In a series that always jumps a jump is ordinary."""
    assert not _found((10, 30, 9, 40, 12, 35, 8, 30, 9))


def test_way_back() -> None:
    """An outlier within a series is told once, at its own year."""
    (found,) = _found((*STEADY[:4], 1100, *STEADY[4:]))
    assert found.where == "trained/2006"


@pytest.mark.parametrize(
    ("values", "nature", "unusual"),
    [
        ((100, 499), None, False),
        ((100, 501), None, True),
        ((100, 19), Nature.FLOW, True),
        ((100, 199), Nature.STOCK, False),
        ((100, 201), Nature.STOCK, True),
        ((100, 49), Nature.STOCK, True),
        ((100, 900), Nature.CUMULATIVE, False),
        ((100,), None, False),
    ],
)
def test_short_series(values: Sequence[int], nature: Nature | None, unusual: bool) -> None:
    """A short series has a plain band, narrower for a stock; a cumulative figure its own rule."""
    assert bool(_found(values, nature)) is unusual


@pytest.mark.parametrize(("note", "checked"), [("merged", ""), ("", "LW 2011")])
def test_justified(note: str, checked: str) -> None:
    """A note, or a mark that somebody looked, makes the warning information."""
    now = replace(_year(2010, 900), note=note, checked=checked)
    (found,) = check(records(_year(2009, 100), now))
    assert found.severity is Severity.INFORMATION
    assert (note or checked) in found.hint.zh


def test_only_exact_quantities() -> None:
    """Bounds, years, days and nothing are not compared."""
    hedged = replace(_year(2010, 900), qualifier=fact("x", 1, qualifier="nearly").qualifier)
    assert not list(check(records(_year(2009, 100), hedged)))
    assert not list(check(records(_year(2009, 0), _year(2010, 900))))
    ordinal = [_year(2009, 2, "group"), _year(2010, 90, "group")]
    assert not list(check(records(*ordinal)))


def test_only_a_year_apart() -> None:
    """A gap of two years is no change on the year before."""
    assert not list(check(records(_year(2008, 100), _year(2010, 900))))
