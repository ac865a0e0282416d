"""The words of a unit speak of one thing in both languages."""

from fractions import Fraction

import pytest

from tests.edits import edited
from yearbook.finding import Finding, Severity
from yearbook.model import Place, Text
from yearbook.read import read
from yearbook.read.measures import WORDS, contradictions
from yearbook.read.sheet import parse
from yearbook.read.snapshot import Snapshot

HEAD = "id,kind,one,other,zh,en_factor,en_name,zh_factor,zh_name\n"


def told(row: str) -> list[str]:
    """The cells of a row of units.csv that contradict its first word."""
    (found,) = parse("units.csv", f"{HEAD}{row}\n".encode()).rows
    return [one.place.cell or "" for one in contradictions(found)]


@pytest.mark.parametrize(
    "row",
    [
        "a,count,person,people,人,1,persons,1,人次",
        "a,measure,kilowatt,kilowatts,千瓦,1,kilowatts,1,千瓦",
        "a,measure,kilowatt,kilowatts,兆瓦,1,kilowatts,1000,兆瓦",
        "a,measure,decade,decades,年,1,decades,0.1,年",
        "a,measure,hectare,hectares,亩,1,hectares,1/15,亩",
        "a,money,yuan,yuan,元,1000000,million yuan,10000,万元",
        "a,count,widget,widgets,件,1,widgets,1,件",
        "a,date,,,,1,,1,",
    ],
)
def test_agrees(row: str) -> None:
    """Words of one unit, with the factor that Chinese readers need, and words nobody knows."""
    assert told(row) == []


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("a,count,person,families,人,1,persons,1,人", ["D2"]),
        ("a,count,person,people,户,1,persons,1,户", ["E2", "I2"]),
        ("a,measure,kilowatt,megawatts,千瓦,1,kilowatts,1,千瓦", ["D2"]),
        ("a,measure,kilowatt,kilowatts,千瓦,1,kilowatts,1,兆瓦", ["I2"]),
        ("a,measure,decade,decades,年,1,decades,0.01,年", ["E2", "I2"]),
        ("a,measure,decade,decades,年,1,decades,x,年", ["E2", "I2"]),
        ("a,money,yuan,dollars,元,1000000,million yuan,10000,万元", ["D2"]),
        ("a,count,kilometre,kilometres,米,1,kilometres,1,公里", ["E2"]),
    ],
)
def test_contradicts(row: str, cells: list[str]) -> None:
    """Another thing in one language, or another size than the factor says, at its cell."""
    assert told(row) == cells


def test_of_the_book(project: Snapshot) -> None:
    """The units of this book agree; one that does not is told when it is read."""
    assert not [one for one in read(project).findings if one.rule == "unit"]
    wrong = edited(project, "units.csv", "person", "zh_name", "户")
    (found,) = (one for one in read(wrong).findings if one.rule == "unit")
    assert (found.where, found.place.cell) == ("person", "I2")


def test_both_languages() -> None:
    """Every measure has a word in English and one in Chinese."""
    for kind in {kind for kind, _ in WORDS.values()}:
        words = [word for word, (of, _) in WORDS.items() if of == kind]
        assert any(word.isascii() for word in words)
        assert not all(word.isascii() for word in words)


SIZES = """
people 1 person people persons 人 名 人次
households 1 household households family families 户
pairs 1 pair pairs couple couples 对 双
yuan 1 yuan 元
dollars 1 dollar dollars 美元
power 1 watt watts 瓦
power 1000 kilowatt kilowatts 千瓦
power 1000000 megawatt megawatts 兆瓦
power 1000000000 gigawatt gigawatts 吉瓦
length 1 metre metres meter meters 米
length 1000 kilometre kilometres kilometer 公里 千米
weight 1 kilogram kilograms 公斤 千克
weight 1000 tonne tonnes ton tons 吨
weight 1/2 jin 斤
area 1 hectare hectares 公顷
area 1/15 mu 亩
area 100 平方公里 平方千米
time 1 year years 年
time 10 decade decades
time 100 century centuries 世纪
time 1/12 month months 个月 月
"""
"""What is measured, in its smallest usual unit, and the words of one such size."""


def test_sizes() -> None:
    """Every word means the measure and the size that the standards give it."""
    lines = [line.split() for line in SIZES.strip().splitlines()]
    sizes = {word: (kind, Fraction(size)) for kind, size, *words in lines for word in words}
    assert sizes == WORDS


def contradiction(row: str) -> Finding:
    """The one thing that is said of a row."""
    (found,) = contradictions(parse("units.csv", f"{HEAD}{row}\n".encode()).rows[0])
    return found


def test_words() -> None:
    """What is said of another thing and of another size, in both languages."""
    hint = Text(
        "name the same unit in both languages, or correct zh_factor",
        "两种语言须为同一计量单位；否则请改正 zh_factor",
    )
    other = contradiction("a,count,person,people,人,1,persons,1,户")
    assert (other.rule, other.severity, other.where) == ("unit", Severity.ERROR, "a")
    assert (other.place, other.hint) == (Place("units.csv", 2, 37, "I2"), hint)
    assert other.what == Text('"户" is no word for "person"', "“户”与“person”所指不同")
    size = contradiction("b,measure,kilowatt,kilowatts,,1,kilowatts,1000,千瓦")
    assert (size.place.cell, size.where, size.hint) == ("I2", "b", hint)
    assert size.what == Text(
        'one "千瓦" is not 1000 "kilowatt", as zh_factor says',
        "zh_factor 为1000，但1千瓦不等于1000个“kilowatt”",
    )
    english = contradiction("c,measure,kilowatt,kilowatts,,1,megawatts,1,")
    assert english.what == Text(
        '"megawatts" is no word for "kilowatt"', "“megawatts”与“kilowatt”所指不同"
    )


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("a,measure,,,年,1,decades,0.1,", ["G2"]),
        ("a,measure,decade,,年,1,,,", ["E2"]),
        ("a,measure,decade,,年,1,,0,", ["E2"]),
        ("a,measure,year,,年,1,,,", []),
        ("a,measure,year,,年,1,,x,", []),
        ("a,measure, Kilowatt ,KILOWATTS,千瓦,1,,1,", []),
        ("a,count,kilowatt,,千瓦,1,,1000,千瓦", []),
        ("a,count,kilowatt,megawatts,,1,,1,", ["D2"]),
    ],
)
def test_factors(row: str, cells: list[str]) -> None:
    """A factor counts for Chinese words of measures only; one that cannot be read is one."""
    assert told(row) == cells
