"""The nouns: frozen, comparable, each knowing its own small truths."""

from dataclasses import FrozenInstanceError
from decimal import Decimal

import pytest

from yearbook.model import Artifact, Edition, Language, Period, Place, Text
from yearbook.specimen import UNITS, entry, fact


def test_frozen() -> None:
    """What was read is never changed."""
    for thing in (Place("x"), Text("a", "甲"), Period("2010", "2010"), fact("a", 1), entry("a")):
        with pytest.raises((FrozenInstanceError, AttributeError)):
            thing.__setattr__(thing.__slots__[0], "y")


def test_languages() -> None:
    """Each language has a tag of its own; an edition leads with its first language."""
    assert {language.tag for language in Language} == {"en", "zh-CN"}
    assert [edition.languages[0] for edition in Edition] == [
        *(Language.EN, Language.ZH),
        Language.EN,
    ]
    assert Edition.BOTH.languages == tuple(Language)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place("x.csv"), "x.csv"),
        (Place("x.csv", 3), "x.csv:3"),
        (Place("x.csv", 3, 1, "A3"), "x.csv:3:1"),
    ],
)
def test_place(place: Place, said: str) -> None:
    """A place is written as editors of text jump to it."""
    assert str(place) == said


@pytest.mark.parametrize(
    ("start", "end", "said", "years"),
    [
        ("2010", "2010", "2010", 1),
        ("1986", "2010", "1986-2010", 25),
        ("2010-04", "2010-12", "2010-04/2010-12", 1),
        ("2009-12-31", "2010-01-02", "2009-12-31/2010-01-02", 2),
    ],
)
def test_period(start: str, end: str, said: str, years: int) -> None:
    """A period is written as it is typed, and counts both its ends."""
    period = Period(start, end)
    assert (str(period), period.years, period.last_year) == (said, years, 2010)


def test_order_of_periods() -> None:
    """Periods stand in the order of time."""
    assert Period("1986", "2010") < Period("2009", "2009") < Period("2009", "2010")


def test_unit() -> None:
    """A unit has a scale and a name for each language."""
    yuan = UNITS["yuan"]
    assert [yuan.factor(language) for language in Language] == [Decimal(10**6), Decimal(10**4)]
    assert [yuan.name(language) for language in Language] == ["million yuan", "万元"]


def test_artifact() -> None:
    """Bytes of a file do not flood a message."""
    assert "secret" not in repr(Artifact("x.pdf", b"secret"))
