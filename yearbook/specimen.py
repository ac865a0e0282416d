"""The smallest records that examples and tests need."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from yearbook.book import Book, Chapter, Rule
from yearbook.model import (
    Cell,
    Code,
    Division,
    Entry,
    Fact,
    Kind,
    Period,
    Place,
    Qualifier,
    Relation,
    Text,
    Unit,
)
from yearbook.records import Records

_PLACE = Place("data/units.csv", 2, 1, "A2")
_ONE = Decimal(1)
UNITS = {
    unit.id: unit
    for unit in (
        Unit("person", Kind.COUNT, "person", "people", "人", _ONE, "persons", _ONE, "人", _PLACE),
        Unit(
            "yuan",
            Kind.MONEY,
            "yuan",
            "yuan",
            "元",
            Decimal(1_000_000),
            "million yuan",
            Decimal(10_000),
            "万元",
            _PLACE,
        ),
        Unit("group", Kind.ORDINAL, "", "", "届", _ONE, "", _ONE, "", _PLACE),
        Unit("year", Kind.YEAR, "", "", "", _ONE, "", _ONE, "", _PLACE),
        Unit("date", Kind.DATE, "", "", "", _ONE, "", _ONE, "", _PLACE),
    )
}
"""Units as units.csv defines them."""


def fact(
    name: str,
    value: int | str,
    unit: str = "person",
    qualifier: str = "exact",
    quote: str = "",
) -> Fact:
    """A fact of 2010 in a table that does not exist.

    >>> fact("dispatched", 437).value
    Decimal('437')
    """
    place = Place("data/specimen/people.csv", 2, 1, "A2")
    return Fact(
        id=name,
        period=Period("2010", "2010"),
        value=Decimal(value),
        unit=UNITS[unit],
        qualifier=Qualifier(qualifier),
        quote=Cell(quote, place),
        source="most-2010",
        note="",
        dimensions={},
        table="people",
        place=place,
    )


def entry(name: str, **cells: str) -> Entry:
    """A row of a list of 2010.

    >>> entry("guangrao", place="370523").code("place")
    '370523'
    """
    place = Place("data/specimen/list.csv", 2, 1, "A2")
    typed = {column: Cell(text, place) for column, text in cells.items()}
    return Entry(name, Period("2010", "2010"), typed, place)


def part(name: str, whole: str, relation: Relation) -> Code:
    """A row of codes.csv: an indicator that is a part of another."""
    return Code(
        "id", name, whole, relation, Text(name, name), Place("data/specimen/codes.csv", 2, 1, "B2")
    )


def rule(text: str, level: str = "error") -> Rule:
    """A row of rules.csv.

    >>> rule("a = b").id
    'specimen'
    """
    return Rule(
        "specimen",
        level,
        text,
        Text("they should agree", "两者应一致"),
        Place("data/specimen/rules.csv", 2, 16, "C2"),
    )


def records(*facts: Fact, divisions: Mapping[str, Text] | None = None, **parts: Any) -> Records:
    """A book of 2010 with one chapter of these facts; ``parts`` are other fields of `Chapter`.

    >>> records(fact("dispatched", 437)).fact("dispatched").value
    Decimal('437')
    """
    places = {
        code: Division(code, name, Place("data/places.csv", 2, 1, "A2"))
        for code, name in (divisions or {}).items()
    }
    chapter = replace(_CHAPTER, facts=facts, **parts)
    return Records(replace(_BOOK, chapters=(chapter,), divisions=places), chapter)


_CHAPTER = Chapter(
    slug="specimen",
    title=Text("Specimen", "样例"),
    facts=(),
    lists={},
    codes=(),
    rules=(),
    waivers=(),
    tables=(),
    charts=(),
    prose={},
    place=Place("data/book.toml"),
)
_BOOK = Book(
    title=Text("Yearbook", "年鉴"),
    publisher=Text("Office", "编辑部"),
    edition_year=2011,
    data_year=2010,
    chapters=(),
    units=UNITS,
    divisions={},
    sources={},
    literals={},
)
