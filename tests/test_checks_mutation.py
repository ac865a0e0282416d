"""How many single typing slips the checks find in the chapter as it stands: its mutation score."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from yearbook.book import Book
from yearbook.checks import findings
from yearbook.finding import Finding, Severity
from yearbook.model import Fact, Kind, Qualifier
from yearbook.numbers import text
from yearbook.read import read
from yearbook.read.snapshot import take
from yearbook.read.values import day

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def book() -> Book:
    """The book of the real records."""
    return read(take(ROOT)).book


def _slips(digits: str) -> Iterator[str]:
    """Every digit mistyped, lost or doubled, neighbours swapped, a zero or 万 too many or few."""
    for at, digit in enumerate(digits):
        if digit.isdigit():
            yield digits[:at] + str((int(digit) + 1) % 10) + digits[at + 1 :]
            yield digits[:at] + digits[at + 1 :]
            yield digits[:at] + digit + digits[at:]
    for at in range(len(digits) - 1):
        yield digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    yield digits + "0000"
    if digits.endswith("0000"):
        yield digits[:-4]


def _mutants(fact: Fact) -> Iterator[Fact]:
    digits = text(fact.value)
    for slip in dict.fromkeys(_slips(digits)):
        if not slip or Decimal(slip) == fact.value:
            continue
        iso = f"{slip[:4]}-{slip[4:6]}-{slip[6:]}"
        if fact.unit.kind is not Kind.DATE or day(iso):
            yield replace(fact, value=Decimal(slip))


def _failing(book: Book) -> set[Finding]:
    return {finding for finding in findings(book) if finding.severity is Severity.ERROR}


def _with(book: Book, old: Fact, fact: Fact) -> Book:
    chapter = book.chapters[0]
    facts = tuple(fact if other is old else other for other in chapter.facts)
    return replace(book, chapters=(replace(chapter, facts=facts), *book.chapters[1:]))


def test_values(book: Book) -> None:
    """At least 98 of 100 single slips in a value give a new error at that cell."""
    known = _failing(book)
    found = total = 0
    for fact in book.chapters[0].facts:
        for mutant in _mutants(fact):
            total += 1
            fresh = _failing(_with(book, fact, mutant)) - known
            found += any(suspect.place == fact.place for f in fresh for suspect in f.suspects)
    assert total > 200
    assert found / total >= 0.98


def test_hedges(book: Book) -> None:
    """Every hedge left out or put in by mistake gives an error."""
    known = _failing(book)
    for fact in book.chapters[0].facts:
        exact = fact.qualifier is Qualifier.EXACT
        other = replace(fact, qualifier=Qualifier.MORE_THAN if exact else Qualifier.EXACT)
        assert _failing(_with(book, fact, other)) - known, fact.id
