"""What can hold a numeral of a manuscript, and a row of the ledger that says so."""

from dataclasses import dataclass
from enum import StrEnum

COLUMNS = ("numeral", "place", "kind", "id", "reason")
"""The columns of coverage.csv."""


class Holding(StrEnum):
    """How a numeral is accounted for."""

    FACT = "fact"  # a fact whose quote stands there
    PERIOD = "period"  # the data year, or an end of the period of a fact of the paragraph
    LITERAL = "literal"  # a name of literals.csv
    COUNT = "count"  # the length of a list, as a person said
    OTHER = "other"  # no figure, for the reason a person gave
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A row of the ledger: the numeral as written (without a sign, which a spreadsheet would take
    for a formula), its place, what holds it, why it is no figure."""

    numeral: str
    place: str
    holding: Holding
    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A numeral of the manuscript. Its ruling's place p3.2 is the second numeral of the third
    paragraph: Excel would take 3:2 for a time of day, and line numbers move too often."""

    line: int
    column: int
    ruling: Ruling
    quote: str = ""
