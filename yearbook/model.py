"""The nouns of a yearbook, frozen, each with its place in a file. Imports nothing of ours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Protocol


class Language(StrEnum):
    """A language in which a text is written."""

    EN = "en"
    ZH = "zh"

    @property
    def tag(self) -> str:
        """The BCP 47 tag that pages and PDFs carry.

        >>> Language.ZH.tag
        'zh-CN'
        """
        return {"en": "en", "zh": "zh-CN"}[self.value]


class Edition(StrEnum):
    """What a reader holds: one language, or both side by side."""

    EN = "en"
    ZH = "zh"
    BOTH = "en-zh"

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages of the edition, the leading one first.

        >>> Edition.BOTH.languages
        (<Language.EN: 'en'>, <Language.ZH: 'zh'>)
        """
        return tuple(Language(part) for part in self.value.split("-"))


LONGEST_FIRST = tuple(sorted(Edition, key=lambda each: -len(each.languages)))
"""The order in which editions are begun: processors that share them end at about the same time."""


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in both languages.

    >>> Text("people", "人").of(Language.ZH)
    '人'
    """

    en: str
    zh: str

    def of(self, language: Language) -> str:
        """The words in one language."""
        return self.en if language is Language.EN else self.zh


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file of the project (posix, relative to its root), line and
    column counted in characters from 1 (0: the whole file), and, in a CSV, the spreadsheet cell.

    >>> str(Place("data/x.csv", 17, 12, "D17"))
    'data/x.csv:17:12'
    """

    file: str
    line: int = 0
    column: int = 0
    cell: str | None = None

    def __str__(self) -> str:
        parts = [self.file, *(str(number) for number in (self.line, self.column) if number)]
        return ":".join(parts)


def letter(column: int) -> str:
    """The spreadsheet's name of a column, counted from 1.

    >>> letter(1), letter(26), letter(27)
    ('A', 'Z', 'AA')
    """
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


class Qualifier(StrEnum):
    """How the records hedge a figure; blank in a CSV is ``exact``."""

    EXACT = "exact"
    MORE_THAN = "more_than"
    NEARLY = "nearly"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Kind(StrEnum):
    """What the figures of a unit are: they are written differently."""

    COUNT = "count"
    MONEY = "money"
    MEASURE = "measure"
    ORDINAL = "ordinal"
    YEAR = "year"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: English singular and plural, the Chinese measure word (``zh``), the scale
    in which each language's tables print it (million yuan; 万元), and the ``step`` to which its
    figures are rounded, if they are."""

    id: str
    kind: Kind
    one: str
    other: str
    zh: str
    en_factor: Decimal
    en_name: str
    zh_factor: Decimal
    zh_name: str
    place: Place
    step: Decimal | None = None

    def factor(self, language: Language) -> Decimal:
        """What a table in this language divides values by."""
        return self.en_factor if language is Language.EN else self.zh_factor

    def name(self, language: Language) -> str:
        """What a table in this language calls the unit."""
        return self.en_name if language is Language.EN else self.zh_name


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A year, a date or a range of years or months, both ends included.

    ``start`` and ``end`` are ISO 8601 prefixes of equal length: ``2010``, ``2010-04`` or
    ``2010-04-16``.
    """

    start: str
    end: str

    @property
    def last_year(self) -> int:
        """The calendar year in which the period ends.

        >>> Period("1986", "2010").last_year
        2010
        """
        return int(self.end[:4])

    @property
    def years(self) -> int:
        """How many calendar years the period touches.

        >>> Period("1986", "2010").years
        25
        """
        return int(self.end[:4]) - int(self.start[:4]) + 1

    def __str__(self) -> str:
        if self.start == self.end:
            return self.start
        return f"{self.start}-{self.end}" if len(self.start) == 4 else f"{self.start}/{self.end}"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell of a CSV holds, as typed, and where."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Fact:
    """An observation: one figure of the records, with its meaning.

    ``value`` keeps its written precision. A date is held as the integer yyyymmdd and a year as
    itself, so that order is order in time. ``dimensions`` are the free columns of its table.
    ``checked`` says who compared the cell with the source, and when; blank: nobody yet.
    """

    id: str
    period: Period
    value: Decimal
    unit: Unit
    qualifier: Qualifier
    quote: Cell
    source: str
    note: str
    dimensions: Mapping[str, str]
    table: str
    place: Place
    checked: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a list (a post, a partnership): no figure, but named things that can be counted."""

    id: str
    period: Period
    cells: Mapping[str, Cell]
    place: Place

    def code(self, column: str) -> str:
        """What one cell holds: the code of a place, of a rank."""
        return self.cells[column].text

    def words(self, column: str) -> Text:
        """The pair of cells ``<column>_en`` and ``<column>_zh``."""
        return Text(self.cells[f"{column}_en"].text, self.cells[f"{column}_zh"].text)


class Relation(StrEnum):
    """How a code stands to its parent: a part of a partition, one of those included (其中), or the
    rest that the parts included leave, which is derived and never typed."""

    SUM = "sum"
    OF = "of"
    REST = "rest"


class Nature(StrEnum):
    """What an indicator measures: what happened in a period, what there was at its end, or all
    that happened since the beginning."""

    FLOW = "flow"
    STOCK = "stock"
    CUMULATIVE = "cumulative"


@dataclass(frozen=True, slots=True)
class Code:
    """A value of a dimension and its label; of the dimension ``id`` it names an indicator.

    ``flow`` is the indicator that a cumulative one adds up.
    """

    dimension: str
    code: str
    parent: str
    relation: Relation | None
    label: Text
    place: Place
    nature: Nature | None = None
    flow: str = ""


@dataclass(frozen=True, slots=True)
class Division:
    """A place of the GB/T 2260 list of the data year."""

    code: str
    name: Text
    place: Place

    @property
    def province(self) -> str:
        """The code of the province-level division it lies in.

        >>> Division("370523", Text("Guangrao County", "广饶县"), Place("data/places.csv")).province
        '370000'
        """
        return self.code[:2] + "0000"


class Held(Protocol):
    """Bytes that lie somewhere until they are asked for."""

    def read(self) -> bytes:
        """The bytes. Raises OSError."""


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished file of the edition: its posix path below ``output/``, its bytes or where they
    lie."""

    name: str
    held: bytes | Held = field(repr=False)

    @property
    def content(self) -> bytes:
        """Its bytes. Raises OSError if they lie somewhere and cannot be read."""
        return self.held if isinstance(self.held, bytes) else self.held.read()
