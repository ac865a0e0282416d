"""What a page shows, text by text, and what its numerals are bound to."""

from dataclasses import dataclass
from enum import StrEnum

from yearbook.model import Language


class Sort(StrEnum):
    """What binds a stretch of text."""

    FACT = "fact"
    DERIVED = "derived"
    PERIOD = "period"
    LITERAL = "literal"
    REASON = "reason"
    REFERENCE = "reference"
    NUMBER = "number"


class Kind(StrEnum):
    """Where an item stands; heads, alternatives and the screen's own words are not on paper."""

    TEXT = "text"
    CELL = "cell"
    COLUMN = "column"
    CHART = "chart"
    NOTE = "note"
    ALT = "alt"
    HEAD = "head"
    AGAIN = "again"
    SCREEN = "screen"


PRINTED = frozenset({Kind.TEXT, Kind.CELL, Kind.COLUMN, Kind.CHART, Kind.NOTE})
"""The items whose words stand on paper."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of an item and what binds it: ``source`` is the id of a record, a formula over
    records, the id of a literal, or (references, numbers) the place that bears the number.
    ``value`` is what an HTML page says the value is."""

    start: int
    end: int
    sort: Sort
    source: str
    period: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One text of a page. ``anchor`` is the section, table or chart it stands in; ``target`` is
    where an entry of the contents leads."""

    words: str
    language: Language
    kind: Kind
    anchor: str = ""
    target: str = ""
    marks: tuple[Mark, ...] = ()
