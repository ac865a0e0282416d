"""Parts and wholes: between indicators, between the codes of a table, in every period."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from yearbook.checks.parts import check
from yearbook.finding import Finding, Severity
from yearbook.model import Code, Fact, Period, Place, Relation, Text
from yearbook.read import read
from yearbook.read.snapshot import take
from yearbook.records import Records
from yearbook.specimen import fact, part, records

SUM = (part("a", "whole", Relation.SUM), part("b", "whole", Relation.SUM))
OF = (part("a", "whole", Relation.OF), part("b", "whole", Relation.OF))


def _found(*facts: Fact, codes: tuple[Code, ...] = SUM) -> list[Finding]:
    return list(check(records(*facts, codes=codes)))


def _earlier(of: Fact) -> Fact:
    return replace(of, period=Period("2009", "2009"))


def test_partition() -> None:
    """Parts that make up the whole must be it exactly; all cells of the sum are suspects."""
    (found,) = _found(fact("whole", 9), fact("a", 3), fact("b", 5))
    assert (found.rule, found.severity, found.where) == ("parts-sum", Severity.ERROR, "whole")
    assert found.difference == 1
    assert [(cell.id, cell.value) for cell in found.suspects] == [
        ("whole", "9"),
        ("a", "3"),
        ("b", "5"),
    ]


def test_subset() -> None:
    """Parts included in the whole may leave a rest but not exceed it."""
    assert not _found(fact("whole", 437), fact("a", 101), fact("b", 204), codes=OF)
    (found,) = _found(fact("whole", 437), fact("a", 340), fact("b", 204), codes=OF)
    assert (found.rule, found.difference) == ("parts-of", Decimal(-107))


def test_hedged_parts() -> None:
    """Hedged parts hold, fail or leave the relation open, and only what is open is information."""
    more = fact("a", 3, qualifier="more_than")
    assert not _found(fact("whole", 9, qualifier="more_than"), fact("a", 3), codes=OF)
    (fails,) = _found(fact("whole", 3), more, codes=OF)
    assert fails.severity is Severity.ERROR
    (undecided,) = _found(fact("whole", 9), more, codes=OF)
    assert (undecided.severity, undecided.difference) == (Severity.INFORMATION, None)
    assert "cannot be decided" in undecided.what.en


def test_every_period() -> None:
    """An earlier year is checked too, and its finding names the year."""
    facts = (fact("whole", 9), fact("a", 3), fact("b", 6))
    before = (_earlier(fact("whole", 8)), _earlier(fact("a", 3)), _earlier(fact("b", 6)))
    (found,) = _found(*facts, *before)
    assert found.where == "whole/2009"


def test_missing_part() -> None:
    """A sum with a part missing is open, yet the parts there are may not exceed the whole."""
    (undecided,) = _found(fact("whole", 9), fact("a", 3))
    assert undecided.severity is Severity.INFORMATION
    assert "b has no figure for 2010" in undecided.what.en
    (fails,) = _found(fact("whole", 9), fact("a", 10))
    assert fails.severity is Severity.ERROR


def test_whole_without_parts() -> None:
    """A whole or parts alone say nothing."""
    assert not _found(fact("whole", 9))
    assert not _found(fact("a", 3), fact("b", 5))


def test_other_unit() -> None:
    """A part in another unit than its whole is an error at the part."""
    found = _found(fact("whole", 9), fact("a", 3), fact("b", 6, "yuan"))
    assert [(f.rule, f.where) for f in found] == [("parts-unit", "b")]


RANKS = tuple(
    Code("rank", name, "total" if relation else "", relation, Text(name, name), Place("c.csv"))
    for name, relation in (("total", None), ("high", Relation.OF), ("rest", Relation.REST))
)


def _ranked(name: str, value: int, rank: str, scope: str = "all") -> Fact:
    return replace(fact(name, value), dimensions={"rank": rank, "scope": scope})


def test_dimension() -> None:
    """Codes of a dimension relate figures that share table, period and other dimensions."""
    (found,) = _found(_ranked("x", 5, "total"), _ranked("y", 6, "high"), codes=RANKS)
    assert (found.rule, found.where) == ("parts-of", "x")
    assert not _found(_ranked("x", 5, "total"), _ranked("y", 6, "high", "year"), codes=RANKS)
    elsewhere = replace(_ranked("y", 6, "high"), table="other")
    assert not _found(_ranked("x", 5, "total"), elsewhere, codes=RANKS)


def test_rest_is_no_part() -> None:
    """What is derived is not added up."""
    assert not _found(_ranked("x", 5, "total"), _ranked("y", 6, "rest"), codes=RANKS)


@pytest.mark.parametrize("relation", [Relation.SUM, Relation.OF])
def test_said_once(relation: Relation) -> None:
    """What the indicators say already, by the same or a stronger word, ranks do not repeat."""
    codes = (*RANKS, part("y", "x", relation))
    found = _found(_ranked("x", 5, "total"), _ranked("y", 6, "high"), codes=codes)
    assert [f.rule for f in found] == [f"parts-{relation}"]


def test_real_ranks_are_read() -> None:
    """Without the relations of its indicators, dispatch.csv is still checked by its ranks."""
    book = read(take(Path(__file__).parents[1])).book
    real = Records(book, book.chapters[0])
    codes = tuple(
        replace(code, parent="", relation=None) if code.dimension == "id" else code
        for code in real.chapter.codes
    )
    wrong = tuple(
        replace(of, value=of.value + 300) if of.id == "dispatched_division" else of
        for of in real.chapter.facts
    )
    chapter = replace(real.chapter, codes=codes, facts=wrong)
    found = [f for f in check(Records(real.book, chapter)) if f.severity is Severity.ERROR]
    assert [(f.rule, f.where) for f in found] == [("parts-of", "dispatched")]


def test_stronger_word_is_heard() -> None:
    """Ranks that make up the total say more than indicators that are merely included in it."""
    ranks = tuple(
        replace(code, relation=Relation.SUM) if code.code == "high" else code for code in RANKS
    )
    codes = (*ranks, part("y", "x", Relation.OF))
    found = _found(_ranked("x", 5, "total"), _ranked("y", 4, "high"), codes=codes)
    assert [f.rule for f in found] == ["parts-sum"]
