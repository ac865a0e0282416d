"""The value and its quote, in both languages, with and without a mark."""

from dataclasses import replace
from decimal import Decimal

import pytest

from yearbook.checks import unquoted
from yearbook.checks.mark import MarkError, marked
from yearbook.checks.quote import check
from yearbook.finding import Finding, Severity
from yearbook.model import Fact, Kind, Period
from yearbook.specimen import UNITS, fact, records


def _found(of: Fact) -> list[Finding]:
    made = records(of)
    return [*check(made), *unquoted.check(made)]


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "quote"),
    [
        (3, "person", "exact", "three department-level leaders"),
        (72000, "person", "exact", "a total of 72,000 correspondents"),
        (72000, "person", "exact", "选派科技特派员7.2万人"),
        (50000, "person", "more_than", "培训农民5万多人"),
        (50, "person", "nearly", "建立示范基地近50个"),
        (30000000, "yuan", "more_than", "配套投入3000多万元"),
        (44050000, "yuan", "exact", "directly invested 44.05 million Yuan"),
        (24, "group", "exact", "第24届科技扶贫团"),
        (24, "group", "exact", "the 24th group"),
        (1986, "year", "exact", "since 1986"),
        (1986, "year", "exact", "1986年以来"),
        (20100416, "date", "exact", "On April 16, 2010"),
        (20100416, "date", "exact", "2010年4月16日召开"),
        (44, "person", "exact", "introduced [44] talents and 45 technologies"),
        (44, "person", "exact", "引进人才［44］名、技术45项"),
        (44, "person", "exact", "44 talents and 44 technologies"),
        (600, "person", "more_than", "in [over 600] counties, 61 of them poor"),
    ],
)
def test_agrees(value: int, unit: str, qualifier: str, quote: str) -> None:
    """A value that its quote says, in words or digits, is not spoken of."""
    assert not _found(fact("x", value, unit, qualifier, quote))


@pytest.mark.parametrize(
    ("value", "unit", "quote", "what"),
    [
        (105, "person", "including 101 leaders", "the value is 105 but its quote says 101"),
        (4405, "yuan", "投入4405万元", "the value is 4405 but its quote says 44050000"),
        (24, "group", "24 groups", 'the quote holds no ordinal number ("24th")'),
        (24, "person", "the 24th group", "the quote holds no number"),
        (12, "person", "12 percent of them", "the quote holds no number"),
        (20100416, "date", "in April 2010", "the quote holds no full date"),
        (13, "person", "13 counties of 11 provinces", "the quote holds several numbers: 13, 11"),
        (5, "person", "[5 to 10] people", "the mark [ ] holds several numbers"),
        (13, "person", "[counties] 13", "the mark [ ] holds no number"),
        (13, "person", "[13] counties of [11] provinces", "more than one mark"),
        (13, "person", "13] counties [of", "more than one mark"),
    ],
)
def test_disagrees(value: int, unit: str, quote: str, what: str) -> None:
    """A value that its quote does not say, or a quote that says no one number, is an error."""
    (found,) = _found(fact("x", value, unit, quote=quote))
    assert (found.rule, found.severity, found.where) == ("quote", Severity.ERROR, "x")
    assert what in found.what.en


def test_hedge() -> None:
    """The hedge must be that of the quote; a wrong value beside it is a finding of its own."""
    (hedge,) = _found(fact("x", 600, quote="in over 600 counties"))
    assert (hedge.rule, hedge.difference) == ("quote-hedge", None)
    assert (hedge.suspects[0].value, hedge.suspects[0].proposed) == ("exact", "more_than")
    both = _found(fact("x", 60, qualifier="nearly", quote="600 counties"))
    assert [found.rule for found in both] == ["quote", "quote-hedge"]
    assert "leave qualifier blank" in both[1].hint.en


def test_several_hedges() -> None:
    """The same number with two hedges is not one number."""
    (found,) = _found(fact("x", 600, quote="600 counties, over 600 towns"))
    assert "several numbers" in found.what.en


def test_unguarded() -> None:
    """A figure without a quote is information at the empty cell."""
    (found,) = _found(fact("x", 600))
    assert (found.rule, found.severity) == ("quote-missing", Severity.INFORMATION)


def test_measure() -> None:
    """A Chinese measure may count in a smaller unit; the difference is in the unit of the cell."""
    decade = replace(UNITS["person"], kind=Kind.MEASURE, zh="年", zh_factor=fact("x", "0.1").value)
    two = replace(fact("x", 2, quote="二十年来"), unit=decade)
    assert not _found(two)
    assert not _found(replace(two, quote=fact("x", 2, quote="for two decades").quote))
    (found,) = _found(replace(two, value=fact("x", 3).value))
    assert (found.difference, found.suspects[0].proposed) == (Decimal(1), "2")


def test_dates_have_no_difference() -> None:
    """Two dates differ by what was typed and what is right."""
    (found,) = _found(fact("x", 20100416, "date", quote="On April 26, 2010"))
    assert found.difference is None
    assert (found.suspects[0].value, found.suspects[0].proposed) == ("2010-04-16", "2010-04-26")


def test_other_year() -> None:
    """The figures of earlier years are checked too and say which year they are."""
    before = replace(fact("x", 7, quote="8 people"), period=Period("2009", "2009"))
    assert [found.where for found in _found(before)] == ["x/2009"]


def test_mark() -> None:
    """The span is that of the bare text; half a mark is refused."""
    assert marked("第［24］届").text == "第24届"
    with pytest.raises(MarkError):
        marked("[24")


@pytest.mark.parametrize(
    ("value", "unit", "quote", "slip", "chance"),
    [
        (105, "person", "including 101 leaders", "digit", 0.95),
        (110, "person", "including 101 leaders", "digits-swapped", 0.95),
        (7200, "person", "派出7.2万人", "zero-lost", 0.95),
        (4405, "yuan", "投入4405万元", "wan", 0.95),
        (20100426, "date", "On April 16, 2010", "digit", 0.95),
        (371, "person", "including 101 leaders", "other", 0.5),
    ],
)
def test_slip(value: int, unit: str, quote: str, slip: str, chance: float) -> None:
    """The suspect names the slip that parts value and quote; without one it is even which errs."""
    (found,) = _found(fact("x", value, unit, "exact", quote))
    (suspect,) = found.suspects
    assert (suspect.slip, suspect.probability) == (slip, chance)
    assert (slip == "other") is ("(" not in found.hint.en)


@pytest.mark.parametrize(
    ("quote", "hedge"),
    [
        ("hardly 369 people", "nearly"),
        ("topped 369 people", "more_than"),
        ("just short of 369 people", "nearly"),
        ("in the region of 369 people", "about"),
        ("369人开外", "more_than"),
        ("369人有余", "more_than"),
        ("几近369人", "nearly"),
        ("约莫369人", "about"),
    ],
)
def test_rare_hedges(quote: str, hedge: str) -> None:
    """Rarer words hedge a figure, too: it is not exact, and with its qualifier it agrees."""
    (found,) = _found(fact("x", 369, quote=quote))
    assert found.rule == "quote-hedge"
    assert not _found(fact("x", 369, qualifier=hedge, quote=quote))


def test_missing() -> None:
    """A figure without a quote is a warning, unless somebody compared it with the source or no
    figure of the chapter has one."""
    quoted, bare = fact("a", 2, quote="2 people"), fact("b", 1)

    def found(*facts: Fact) -> list[Severity]:
        return [one.severity for one in unquoted.check(records(*facts))]

    assert found(quoted, bare) == [Severity.WARNING]
    assert found(quoted, replace(bare, checked="LW")) == found(bare) == [Severity.INFORMATION]
