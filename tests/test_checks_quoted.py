"""Quotes that count something else, or deny their figure, and counts that nobody can count."""

from dataclasses import replace

import pytest

from tests.edits import ROOT
from yearbook.checks import count, quote
from yearbook.finding import Severity
from yearbook.read import read
from yearbook.read.snapshot import take
from yearbook.records import Records
from yearbook.specimen import fact, records

BOOK = read(take(ROOT)).book


def _told(unit: str, value: str, words: str) -> list[str]:
    one = replace(fact("a", value, quote=words), unit=BOOK.units[unit])
    known = Records(replace(BOOK, chapters=()), records(one).chapter)
    return [found.what.en for found in (*quote.check(known), *count.check(known))]


@pytest.mark.parametrize(
    ("unit", "value", "words", "what"),
    [
        ("person", "369", "sent 369 yuan", 'counts "yuan"'),
        ("person", "369", "sent 369 dollars", 'counts "dollars"'),
        ("person", "369", "369 horses", 'counts "horses"'),
        ("person", "369", "in 369 counties", 'counts "counties"'),
        ("person", "369", "for 369 years", 'counts "years"'),
        ("person", "369", "派出369户", 'counts "户"'),
        ("person", "369", "派出369家", 'counts "家"'),
        ("person", "369", "投入369元", 'counts "元"'),
        ("person", "369", "sent [369] yuan of 500", 'counts "yuan"'),
        ("yuan", "369", "sent 369 people", 'counts "people"'),
        ("yuan", "369", "sent 369 dollars", 'counts "dollars"'),
        ("yuan", "17830000", "投入1783万美元", 'counts "美元"'),
        ("kilowatt", "714", "714 megawatts", 'counts "megawatts"'),
        ("kilowatt", "714", "714兆瓦", 'counts "兆瓦"'),
        ("kilowatt", "369", "369 people", 'counts "people"'),
        ("institution", "369", "369 people", 'counts "people"'),
        ("institution", "369", "共369人", 'counts "人"'),
        ("person", "369", "did not send 369 people", "denies its number"),
        ("person", "369", "never sent 369 people", "denies its number"),
        ("person", "369", "未派出369人", "denies its number"),
        ("person", "369", "没有派出369人", "denies its number"),
        ("person", "369.5", "sent 369.5 people", "369.5 is no count"),
        ("person", "-0", "sent 0 people", "-0 is no count"),
        ("person", "-369", "sent -369 people", "-369 is no count"),
    ],
)
def test_told(unit: str, value: str, words: str, what: str) -> None:
    """Another unit, a denial, a part of a person: each is told."""
    assert any(what in each for each in _told(unit, value, words))


@pytest.mark.parametrize(
    ("unit", "value", "words"),
    [
        ("person", "369", "sent 369 cadres"),
        ("person", "369", "培训369人次"),
        ("person", "369", "选派干部369名"),
        ("institution", "57", "57所科研院所"),
        ("training", "33", "33 training courses"),
        ("county", "31", "supported 31 key counties"),
        ("county", "31", "31 county towns"),
        ("province", "21", "21个县"),
        ("person", "9", "9 group leaders"),
        ("activity", "23", "开展活动23次"),
        ("yuan", "150000", "a total of 150,000 Yuan"),
        ("yuan", "150000", "发放15万元"),
        ("kilowatt", "714", "714-kilowatt station"),
        ("person", "369", "未来三年，派出[369]人"),
        ("person", "369", "It did not rain; 369 people came"),
        ("county", "7", "7对口帮扶县"),
    ],
)
def test_not_told(unit: str, value: str, words: str) -> None:
    """The words of a source for the same things are no other unit."""
    assert _told(unit, value, words) == []


@pytest.mark.parametrize(
    ("unit", "value", "words", "named"),
    [
        ("province", "31", "supported 31 key counties", "counties"),
        ("county", "21", "in 21 provinces", "provinces"),
        ("project", "1", "1 county", "county"),
        ("institution", "57", "57 universities", "universities"),
        ("training", "33", "33 training classes", "classes"),
        ("county", "31", "supported [31] provinces of 32", "provinces"),
    ],
)
def test_doubted(unit: str, value: str, words: str, named: str) -> None:
    """The name of another unit may be the source's word for the same things: a warning."""
    one = replace(fact("a", value, quote=words), unit=BOOK.units[unit])
    (found,) = quote.check(Records(replace(BOOK, chapters=()), records(one).chapter))
    assert (found.rule, found.severity) == ("quote-unit", Severity.WARNING)
    assert found.place == one.quote.place
    assert found.what.en.endswith(f"the quote counts {named}")
    assert named in found.what.zh
