"""Asking the records: the observation meant, the one before, its label, its parts."""

from dataclasses import replace
from decimal import Decimal

import pytest

from yearbook.model import Code, Entry, Fact, Language, Period, Relation, Text
from yearbook.numbers import NumberError
from yearbook.records import Records, UnknownError, percentage, suggestion
from yearbook.specimen import entry, fact, part, records


def over(start: str, end: str, value: int = 1, name: str = "a") -> Fact:
    """A figure over a period."""
    return replace(fact(name, value), period=Period(start, end))


def test_data_year() -> None:
    """The observation that ends in the data year is meant unless a period is named."""
    found = records(over("2009", "2009", 5), over("2010", "2010", 6), over("2011", "2011", 7))
    assert found.fact("a").value == 6
    assert found.fact("a", "2009").value == 5
    assert [each.value for each in found.current()] == [6]


def test_two_in_one_year() -> None:
    """Two observations that end in the data year leave the choice to the text."""
    found = records(over("2010", "2010"), over("2009", "2010"))
    with pytest.raises(UnknownError) as raised:
        found.fact("a")
    assert raised.value.what.en == '"a" has 2 figures for 2010: 2009-2010, 2010'
    assert found.fact("a", "2010").period == Period("2010", "2010")


def test_unknown() -> None:
    """An unknown name is answered with the nearest known one, a missing year with those there."""
    found = records(over("2009", "2009"))
    with pytest.raises(UnknownError) as raised:
        found.fact("aa")
    assert raised.value.hint == Text('did you mean "a"?', "是不是“a”？")
    with pytest.raises(UnknownError) as raised:
        found.fact("a")
    assert raised.value.what.en == '"a" has no figure for 2010'
    assert "the records have 2009 (people.csv A2)" in raised.value.hint.en
    for ask in (lambda: found.entries("posts"), lambda: found.label("a")):
        with pytest.raises(UnknownError):
            ask()


def test_series() -> None:
    """A series runs from the oldest to the newest."""
    found = records(over("2010", "2010"), over("1986", "2009"), over("2009", "2009"))
    assert [str(each.period) for each in found.series("a")] == ["1986-2009", "2009", "2010"]


@pytest.mark.parametrize(
    ("earlier", "later", "before"),
    [
        (("2009", "2009"), ("2010", "2010"), True),
        (("2008", "2008"), ("2010", "2010"), False),
        (("1986", "2009"), ("1986", "2010"), True),
        (("1985", "2009"), ("1986", "2010"), True),
        (("1986", "2009"), ("2010", "2010"), False),
        (("2009", "2009"), ("2009", "2010"), True),
        (("2009-04", "2009-12"), ("2010-04", "2010-12"), True),
        (("2009-04", "2009-11"), ("2010-04", "2010-12"), False),
        (("2009", "2009"), ("2010-04", "2010-12"), False),
        (("2009-05-02", "2009-05-02"), ("2010-04-16", "2010-04-16"), True),
        (("2010", "2010"), ("2009", "2009"), False),
    ],
)
def test_previous(earlier: tuple[str, str], later: tuple[str, str], before: bool) -> None:
    """The year before is one of the same kind of period, a year earlier."""
    now = over(*later)
    found = records(over(*earlier, 7), now)
    previous = found.previous(now)
    assert (previous is not None) is before


def test_entries() -> None:
    """A list gives the rows of the data year, in its order."""
    old = replace(entry("old"), period=Period("2009", "2009"))
    found = records(lists={"posts": (entry("b"), old, entry("a"))})
    assert [each.id for each in found.entries("posts")] == ["b", "a"]


def test_parts_and_rest() -> None:
    """A rest is the whole less the parts included; parts of a sum are no part of it."""
    codes = (part("b", "a", Relation.OF), part("c", "a", Relation.OF), part("d", "a", Relation.SUM))
    found = records(fact("a", 437), fact("b", 101), fact("c", 204), codes=codes)
    assert found.parts("a", Relation.OF) == ("b", "c")
    assert found.parts("a", Relation.SUM) == ("d",)
    assert found.rest(found.fact("a")) == 132
    assert found.label("b") == Text("b", "b")


@pytest.mark.parametrize("hedged", ["a", "b"])
def test_no_rest_of_hedged_figures(hedged: str) -> None:
    """A hedged figure has no exact rest and no exact share."""
    figures = [fact(n, 9, qualifier="more_than" if n == hedged else "exact") for n in ("a", "b")]
    found = records(*figures, codes=(part("b", "a", Relation.OF),))
    with pytest.raises(NumberError, match="hedged"):
        found.rest(found.fact("a"))
    with pytest.raises(NumberError, match="hedged"):
        found.share("b", "a")


def test_share() -> None:
    """A share in percent, rounded half to even; nothing has no shares."""
    found = records(fact("a", 400), fact("b", 101), fact("zero", 0))
    assert found.share("b", "a") == Decimal("25.2")
    assert percentage(Decimal("12.35"), Decimal(100)) == Decimal("12.4")
    with pytest.raises(NumberError, match="zero"):
        found.share("a", "zero")


def test_place() -> None:
    """Places by their code."""
    found = records(divisions={"370523": Text("Guangrao County", "广饶县")})
    assert found.place_name("370523").of(Language.ZH) == "广饶县"
    with pytest.raises(UnknownError, match='has no place "370000"'):
        found.place_name("370000")


def test_suggestion() -> None:
    """Without anything near, what is known is listed, at most twenty; nothing known is said."""
    many = suggestion("zzz", [f"a{number}" for number in range(40)])
    assert many.en.count(",") == 19
    assert suggestion("a", []).en == "known are: -"


def test_entry_words() -> None:
    """A pair of cells is a text."""
    row: Entry = entry("a", partner_en="Bank", partner_zh="银行")
    assert row.words("partner") == Text("Bank", "银行")


def test_year() -> None:
    """The year of the records is the data year, not the edition year."""
    found: Records = records()
    assert (found.year, found.book.edition_year) == (2010, 2011)


def test_a_row_that_was_deleted() -> None:
    """A figure that codes.csv names and that has no row is told as a row that was in use."""
    made = records(over("2010", "2010"))
    code = Code("id", "gone", "", None, Text("Gone", "没了"), made.chapter.place)
    chapter = replace(made.chapter, codes=(*made.chapter.codes, code))
    with pytest.raises(UnknownError, match=r"in codes\.csv and has no row") as raised:
        replace(made, chapter=chapter).fact("gone")
    assert "put it back" in raised.value.hint.en
