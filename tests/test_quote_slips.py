"""How many slips in a value its quote finds: Chinese quotes of a fixture, and the chapter's own."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.edits import ROOT
from yearbook import numbers
from yearbook.book import Book
from yearbook.checks import quote
from yearbook.lexer import read as numerals
from yearbook.model import Fact, Kind, Language, Qualifier, Unit
from yearbook.read import read
from yearbook.read.snapshot import take
from yearbook.records import Records
from yearbook.specimen import fact, records

FLOOR = 0.98
FIXTURE = Path(__file__).parent / "quotes_zh.csv"


@cache
def book() -> Book:
    """The book of the real records."""
    return read(take(ROOT)).book


def units() -> Mapping[str, Unit]:
    """The units of data/units.csv."""
    return book().units


def slips(value: Decimal) -> Iterator[Decimal]:
    """Every digit changed to every other, neighbours swapped, ten or ten thousand times too much,
    or a tenth of it."""
    digits = numbers.text(value)
    for at, digit in enumerate(digits):
        if digit.isdigit():
            yield from (Decimal(f"{digits[:at]}{other}{digits[at + 1 :]}") for other in range(10))
    for at in range(len(digits) - 1):
        if digits[at : at + 2].isdigit():
            yield Decimal(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])
    yield from (value * 10, value / 10, value * 10000)


def score(known: Records, facts: list[Fact]) -> tuple[int, int]:
    """How many slips the quotes find, of how many."""
    caught = tried = 0
    for one in facts:
        for slip in dict.fromkeys(slips(one.value)):
            if slip != one.value:
                tried += 1
                chapter = replace(known.chapter, facts=(replace(one, value=slip),))
                found = quote.check(Records(known.book, chapter))
                caught += any(finding.rule == "quote" for finding in found)
    return caught, tried


def chinese() -> list[Fact]:
    """The facts of the fixture."""
    with FIXTURE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        replace(
            fact(f"f{at}", row["value"], qualifier=row["qualifier"], quote=row["quote"]),
            unit=units()[row["unit"]],
        )
        for at, row in enumerate(rows)
    ]


def test_fixture() -> None:
    """Sixty Chinese quotes and more, of every unit that a Chinese sentence prints, all agreeing."""
    facts = chinese()
    assert len(facts) >= 60
    assert {one.unit.id for one in facts} >= set(units()) - {"decade"}
    idioms = replace(book(), chapters=())
    for one in facts:
        known = records(one)
        mine = Records(idioms, known.chapter)
        assert list(quote.check(mine)) == [], one.quote.text


def test_chinese_quotes() -> None:
    """At least 98 of 100 slips are found by a Chinese quote."""
    facts = chinese()
    caught, tried = score(Records(book(), book().chapters[0]), facts)
    assert tried > 2000
    assert caught / tried >= FLOOR, (caught, tried)


def test_quotes_of_the_chapter() -> None:
    """At least 98 of 100 slips are found by the chapter's own quotes."""
    known = Records(book(), book().chapters[0])
    caught, tried = score(known, list(known.chapter.facts))
    assert tried > 1500
    assert caught / tried >= FLOOR, (caught, tried)


COUNTED = sorted(u for u, unit in units().items() if unit.kind in (Kind.COUNT, Kind.MONEY))
MEASURED = sorted(u for u, unit in units().items() if unit.kind is Kind.MEASURE)


@given(
    st.sampled_from(COUNTED + MEASURED),
    st.integers(1, 10**9),
    st.sampled_from(Qualifier),
    st.sampled_from(Language),
)
def test_every_unit_reads_back(
    name: str, value: int, qualifier: Qualifier, language: Language
) -> None:
    """A figure of any unit of the book, with any hedge, reads back as it was printed.

    A thousand years and more (超过1001年) cannot be told from a year, by people neither.
    """
    assume(value < {"year_count": 1000, "decade": 100}.get(name, value + 1))
    made = replace(fact("x", value, qualifier=qualifier.value), unit=units()[name])
    form = numbers.form(made, language)
    gap = " " if language is Language.EN else ""
    printed = gap.join(filter(None, (form.before, form.number, form.unit)))
    found = numerals(printed, language)
    scale = {made.unit.en_factor, made.unit.zh_factor, Decimal(1)} if name in MEASURED else {1}
    assert len(found) == 1, printed
    told = found[0].value
    assert told is not None
    assert any(told * factor == value for factor in scale), (printed, told)
    assert found[0].hedge is qualifier, printed
