"""The words of a unit speak of one thing in both languages."""

import pytest

from tests.edits import edited
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
