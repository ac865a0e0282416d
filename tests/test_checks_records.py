"""Places, gazetteer, periods and dimensions of the records."""

from dataclasses import replace

import gb2260.data
import gb2260.division
import pytest

from yearbook.checks import dimension, gazetteer, period, place
from yearbook.checks.waivers import difference
from yearbook.finding import Severity
from yearbook.model import Cell, Period, Place, Text
from yearbook.records import Records
from yearbook.specimen import entry, fact, records

PLACES = {
    "370523": Text("Guangrao County", "广饶县"),
    "370000": Text("Shandong", "山东省"),
    "440000": Text("Guangdong", "广东省"),
}


def _in(province: str, county: str = "370523") -> Records:
    rows = (entry("guangrao", place=county, province=province),)
    return records(divisions=PLACES, lists={"donations": rows})


def test_place_in_province() -> None:
    """A county under another province is an error that a waiver can name and pin."""
    (found,) = place.check(_in("440000"))
    assert (found.rule, found.where) == ("place-in-province", "donations/guangrao")
    assert difference(found) == "440000 <> 370000"


@pytest.mark.parametrize(("province", "county"), [("", "370523"), ("440000", ""), ("99", "370523")])
def test_place_not_given(province: str, county: str) -> None:
    """A blank is no contradiction, and an unknown code is the loader's to report."""
    assert not list(place.check(_in(province, county)))


def test_place_alone() -> None:
    """A list without provinces has nothing to contradict."""
    rows = (entry("jia", place="610828"),)
    assert not list(place.check(records(divisions=PLACES, lists={"posts": rows})))


def test_unnamed_province() -> None:
    """A province that places.csv does not name is told by its code."""
    few = {code: name for code, name in PLACES.items() if code != "370000"}
    rows = (entry("guangrao", place="370523", province="440000"),)
    (found,) = place.check(records(divisions=few, lists={"donations": rows}))
    assert "lies in 370000, not in Guangdong" in found.what.en


@pytest.mark.parametrize(
    ("code", "name", "hint"),
    [
        ("370532", "广饶县", "广饶县 has the code 370523"),
        ("37052三", "某县", "look the place up in the list of 2010"),
        ("370523", "广绕县", "correct the Chinese name"),
    ],
)
def test_gazetteer(code: str, name: str, hint: str) -> None:
    """A code or a name that the standard of the data year does not have is an error."""
    (found,) = gazetteer.check(records(divisions={code: Text("X", name)}))
    assert (found.rule, found.severity, found.where) == ("gazetteer", Severity.ERROR, code)
    assert hint in found.hint.en


def test_gazetteer_proposes() -> None:
    """A name that only one place bears gives the code it should have."""
    (found,) = gazetteer.check(records(divisions={"370532": Text("Guangrao", "广饶县")}))
    assert found.suspects[0].proposed == "370523"
    known = (year for year in gb2260.data.data if year is not None and year < 9999)
    assert (*sorted(known), gb2260.division.LATEST_YEAR) == gazetteer.YEARS


def _of_year(year: int) -> Records:
    one = records(divisions={"610624": Text("Ansai County", "安塞县")})
    return Records(replace(one.book, data_year=year), one.chapter)


@pytest.mark.parametrize(("year", "known"), [(2001, 2002), (2024, 2014)])
def test_gazetteer_of_another_year(year: int, known: int) -> None:
    """Beyond the years of the list the nearest is used, and that is told."""
    (found,) = gazetteer.check(_of_year(year))
    assert found.severity is Severity.INFORMATION
    assert f"compared with that of {known}" in found.what.en


@pytest.mark.parametrize("year", [2002, 2010, 2014])
def test_gazetteer_of_the_year(year: int) -> None:
    """Within the years of the list the year's own is used."""
    assert not list(gazetteer.check(_of_year(year)))


@pytest.mark.parametrize(
    ("start", "end", "value", "unit", "good"),
    [
        ("2010", "2010", 20100416, "date", True),
        ("2010-04", "2010-12", 20100331, "date", False),
        ("2010-04", "2010-12", 20101231, "date", True),
        ("2010-04-16", "2010-04-16", 20100417, "date", False),
        ("1986", "2010", 1986, "year", True),
        ("1986", "2010", 1985, "year", False),
        ("2010-04", "2010-12", 2010, "year", True),
        ("2010", "2010", 1985, "person", True),
        ("2010", "2011", 1985, "person", False),
    ],
)
def test_period(start: str, end: str, value: int, unit: str, good: bool) -> None:
    """Days and years lie in their period, ends included, and periods end with the data year."""
    of = replace(fact("x", value, unit), period=Period(start, end))
    assert (not list(period.check(records(of)))) is good


def test_period_missed_by() -> None:
    """A year tells by how much it misses the nearer end of its period; a day cannot."""
    early = replace(fact("x", 1980, "year"), period=Period("1986", "2010"))
    late = replace(fact("y", 2012, "year"), period=Period("1986", "2010"))
    day = fact("z", 20110416, "date")
    found = list(period.check(records(early, late, day)))
    assert [one.difference for one in found] == [-6, 2, None]


def test_period_of_a_row() -> None:
    """A row of a list after the data year is told at its period."""
    cell = Cell("2011", Place("data/x/visits.csv", 2, 5, "B2"))
    row = replace(entry("wei"), period=Period("2011", "2011"), cells={"period": cell})
    (found,) = period.check(records(lists={"visits": (row,)}))
    assert (found.where, found.place) == ("visits/wei/2011", cell.place)


def test_dimensions() -> None:
    """Two figures of one table, year and code clash; other tables, years and blanks do not."""
    one = replace(fact("a", 1), dimensions={"rank": "high"})
    same = replace(fact("b", 2), dimensions={"rank": "high"})
    (found,) = dimension.check(records(one, same))
    assert (found.rule, found.where) == ("dimension", "b")
    for other in (
        replace(same, table="other"),
        replace(same, period=Period("2009", "2009")),
        replace(same, dimensions={"rank": ""}),
    ):
        assert not list(dimension.check(records(one, other)))
    assert not list(dimension.check(records(fact("a", 1), fact("b", 2))))
