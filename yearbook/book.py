"""A book and its chapters: the records, the rules, the specifications of tables and charts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from yearbook.model import Cell, Code, Division, Entry, Fact, Language, Place, Text, Unit


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of rules.csv: what must hold, how bad it is if not, and what to tell the editor."""

    id: str
    level: str
    text: str
    message: Text
    place: Place


@dataclass(frozen=True, slots=True)
class Waiver:
    """A row of exceptions.csv: a known discrepancy, pinned to its exact difference; on what the
    decision rests, and who took it."""

    rule: str
    where: str
    difference: str
    reason: Text
    until_edition: int
    place: Place
    evidence: str = ""
    approved_by: str = ""


class TableKind(StrEnum):
    """How a printed table is made from the records."""

    INDICATORS = "indicators"
    PIVOT = "pivot"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A row of tables.csv: a printed table. ``rows`` and ``columns`` name what it is made of;
    ``limit`` is how many rows are printed of more (none: all)."""

    id: str
    kind: TableKind
    data: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    title: Text
    note: Text
    place: Place
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """A row of charts.csv: the words around a chart; its drawing is ``figures/<id>.py``."""

    id: str
    title: Text
    note: Text
    source: str
    place: Place


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A row of wording.csv: the marks of a paragraph's sentences, as a person confirmed that both
    languages say the same. Paragraph 0 is the heading of its section."""

    section: str
    paragraph: int
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Prose:
    """The text of one language of a chapter, as its author wrote it."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Inscription:
    """A cell whose words are printed: as they stand, or (``template``) with figures filled in.

    ``literal`` is the id of a row of literals.csv.
    """

    cell: Cell
    language: Language
    template: bool = False
    literal: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A row of terms.csv: a term in both languages, and the variants that must not be used."""

    words: Text
    forbidden: Mapping[Language, tuple[str, ...]]
    place: Place


@dataclass(frozen=True, slots=True)
class Instance:
    """What makes a chapter one of many: the slug of the common chapter, the list that names all of
    them, the column that tells them apart, and what stands in it for this one."""

    chapter: str
    list: str
    by: str
    key: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """All the records of one chapter and the words around them; ``confirmed`` is None where no
    wording was ever confirmed. ``published`` are the figures as earlier editions printed them, with
    the edition under ``checked``."""

    slug: str
    title: Text
    facts: Sequence[Fact]
    lists: Mapping[str, tuple[Entry, ...]]
    codes: tuple[Code, ...]
    rules: tuple[Rule, ...]
    waivers: tuple[Waiver, ...]
    tables: tuple[TableSpec, ...]
    charts: tuple[ChartSpec, ...]
    prose: Mapping[Language, Prose]
    place: Place
    inscriptions: tuple[Inscription, ...] = ()
    confirmed: tuple[Confirmation, ...] | None = None
    instance: Instance | None = None
    published: tuple[Fact, ...] = ()

    @property
    def folder(self) -> str:
        """The folder in which an editor finds its files, below data/ and templates/chapters/."""
        return self.instance.chapter if self.instance else self.slug


@dataclass(frozen=True, slots=True)
class Limits:
    """What the making of one edition may take: seconds by the clock, seconds of the processor,
    and megabytes of memory beyond what the program itself needs."""

    wall_seconds: int = 300
    cpu_seconds: int = 120
    memory_mb: int = 2048


@dataclass(frozen=True, slots=True)
class Floor:
    """Of all single slips the share that must be noticed in each chapter, and where that is set."""

    share: Decimal
    place: Place


@dataclass(frozen=True, slots=True)
class Book:
    """A whole yearbook: ``edition_year`` is printed on the cover, ``data_year`` is reported;
    ``whole``: it is published as one PDF, too."""

    title: Text
    publisher: Text
    edition_year: int
    data_year: int
    chapters: tuple[Chapter, ...]
    units: Mapping[str, Unit]
    divisions: Mapping[str, Division]
    sources: Mapping[str, Text]
    literals: Mapping[str, Text]
    idioms: Mapping[Language, frozenset[str]] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()
    inscriptions: tuple[Inscription, ...] = ()
    limits: Limits = Limits()
    floor: Floor | None = None
    whole: bool = False

    def masks(self, language: Language) -> frozenset[str]:
        """Words that hold a numeral but count nothing: idioms.csv, and the names of places."""
        names = {division.name.of(language) for division in self.divisions.values()}
        return frozenset((self.idioms.get(language) or frozenset()) | names)
